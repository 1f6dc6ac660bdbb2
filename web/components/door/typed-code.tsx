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
import { useWedge } from "./use-wedge";

const FIELD = "typed";
/** Nobody types as much by hand: a link that a scanner wrote, on a keyboard set wrongly. */
const LONG_CHARS = 25;

interface TypedCodeProps {
  busy: boolean;
  /** Null for a text of a scanner that is no ticket's code. */
  onCode: (shown: Shown | null) => void;
}

/** The ten symbols below the QR, for a dark screen, a torn paper or a phone without a camera. */
export function TypedCode({ busy, onCode }: TypedCodeProps) {
  const locale = useLocale();
  const t = door[locale];
  const [text, setText] = useState("");
  const [wrong, setWrong] = useState<"typedBad" | "typedKeyboard" | null>(null);
  useWedge(FIELD, (written) => {
    setText("");
    setWrong(null);
    unlockSound();
    onCode(typedCode(written));
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (busy && text === "") return; // two quick taps are one
    unlockSound();
    const shown = typedCode(text);
    setWrong(shown ? null : text.length > LONG_CHARS ? "typedKeyboard" : "typedBad");
    if (!shown) return document.getElementById(FIELD)?.focus();
    setText("");
    onCode(shown);
  };
  return (
    <form noValidate method="post" onSubmit={submit} className="space-y-1.5">
      <label htmlFor={FIELD} className="block font-semibold">
        {t.typedLabel}
      </label>
      <div role="alert" className="font-semibold text-red-300 empty:hidden">
        {wrong && (
          <p id={`${FIELD}-error`}>
            <span className="sr-only">{common[locale].error} </span>
            {t[wrong]}
          </p>
        )}
      </div>
      <div className="flex flex-wrap gap-2">
        <input
          id={FIELD}
          value={text}
          onChange={(event) => setText(event.target.value)}
          autoCapitalize="characters"
          autoComplete="off"
          spellCheck={false}
          aria-invalid={wrong ? true : undefined}
          aria-describedby={wrong ? `${FIELD}-error` : undefined}
          className={cx(CONTROL, "min-w-0 flex-1 basis-40 font-mono text-xl text-ink uppercase")}
        />
        <Button type="submit" variant="secondary" busy={busy}>
          {t.check}
        </Button>
      </div>
    </form>
  );
}
