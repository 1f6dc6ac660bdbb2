"use client";

import { EyeIcon, EyeSlashIcon } from "@heroicons/react/24/outline";
import { useState } from "react";
import { cx } from "@/lib/cx";
import { useLocale } from "@/lib/locale";
import { common } from "@/messages/common";
import { CONTROL } from "./control";
import { FieldFrame, type FieldProps, useField } from "./field";

type PasswordProps = FieldProps & { autoComplete: "current-password" | "new-password" };

/** A password that may be looked at, pasted and filled by a manager. */
export function PasswordField({ autoComplete, ...field }: PasswordProps) {
  const t = common[useLocale()];
  const [shown, setShown] = useState(false);
  const { error, control } = useField(field);
  const Icon = shown ? EyeSlashIcon : EyeIcon;
  return (
    <FieldFrame {...field} error={error}>
      <div className="relative">
        <input
          type={shown ? "text" : "password"}
          autoComplete={autoComplete}
          autoCapitalize="none"
          spellCheck={false}
          {...control}
          className={cx(CONTROL, "pr-14")}
        />
        <button
          type="button"
          aria-label={shown ? t.hidePassword : t.showPassword}
          onClick={() => setShown(!shown)}
          className="absolute inset-y-0 right-0 grid w-12 cursor-pointer place-items-center rounded-lg text-muted hover:text-ink"
        >
          <Icon className="size-6" aria-hidden="true" />
        </button>
      </div>
    </FieldFrame>
  );
}
