"use client";

import { type FormEvent, useState } from "react";
import { cx } from "@/lib/cx";
import { useLocale } from "@/lib/locale";
import { common } from "@/messages/common";
import { door } from "@/messages/door";
import { Button } from "../ui/button";
import { CONTROL } from "../ui/control";
import { type Shown, typedCode } from "./code";
import { unlockSound } from "./signals";

/** The ten symbols below the QR, for a dark screen, a torn paper or a phone without a camera. */
export function TypedCode({ busy, onCode }: { busy: boolean; onCode: (shown: Shown) => void }) {
  const locale = useLocale();
  const t = door[locale];
  const [text, setText] = useState("");
  const [wrong, setWrong] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (busy) return; // two quick taps are one, and each code has its verdict on the screen
    unlockSound();
    const shown = typedCode(text);
    setWrong(!shown);
    if (!shown) return document.getElementById("typed")?.focus();
    setText("");
    onCode(shown);
  };
  return (
    <form noValidate method="post" onSubmit={submit} className="space-y-1.5">
      <label htmlFor="typed" className="block font-semibold">
        {t.typedLabel}
      </label>
      <div role="alert" className="font-semibold text-red-300 empty:hidden">
        {wrong && (
          <p id="typed-error">
            <span className="sr-only">{common[locale].error} </span>
            {t.typedBad}
          </p>
        )}
      </div>
      <div className="flex flex-wrap gap-2">
        <input
          id="typed"
          value={text}
          onChange={(event) => setText(event.target.value)}
          autoCapitalize="characters"
          autoComplete="off"
          spellCheck={false}
          aria-invalid={wrong || undefined}
          aria-describedby={wrong ? "typed-error" : undefined}
          className={cx(CONTROL, "min-w-0 flex-1 basis-40 font-mono text-xl text-ink uppercase")}
        />
        <Button type="submit" variant="secondary" busy={busy}>
          {t.check}
        </Button>
      </div>
    </form>
  );
}
