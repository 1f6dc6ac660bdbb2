"use client";

import { type MouseEvent, useEffect, useRef } from "react";
import { type FieldErrors, useFormContext } from "react-hook-form";
import { cx } from "@/lib/cx";
import { useLocale } from "@/lib/locale";
import { common } from "@/messages/common";
import { validation } from "@/messages/validation";

/** `{people: [{name: {message}}]}` → `[["people.0.name", message]]`. */
export function flatten(errors: FieldErrors, path = ""): [string, string][] {
  return Object.entries(errors).flatMap(([name, error]) => {
    if (!error || name === "ref") return [];
    const here = path ? `${path}.${name}` : name;
    if (typeof error.message === "string") return [[here, error.message]];
    return typeof error === "object" ? flatten(error as FieldErrors, here) : [];
  });
}

/** The words of a message: a key of the dictionary, or a sentence of the server as it is. */
export function useWording(): (message: string) => string {
  const words: Record<string, string> = validation[useLocale()];
  return (message) => words[message] ?? message;
}

/**
 * What is wrong, at the top, with a link to each field (the pattern of the GOV.UK system). What has
 * been changed since is crossed out, so that nothing below moves under the finger.
 */
export function ErrorSummary() {
  const { errors: found, submitCount } = useFormContext().formState;
  const box = useRef<HTMLDivElement>(null);
  const t = common[useLocale()];
  const wording = useWording();
  const now = new Map(flatten(found));
  const listed = useRef({ submitCount, errors: now });
  const fresh = [...now.keys()].some((name) => !listed.current.errors.has(name));
  if (fresh || listed.current.submitCount !== submitCount) {
    listed.current = { submitCount, errors: now };
  }
  const errors = [...listed.current.errors]
    .filter(([name]) => now.has(name) || !name.startsWith("root"))
    .map(([name, message]) => [name, now.get(name) ?? message] as const);
  useEffect(() => {
    if (submitCount) box.current?.focus();
  }, [submitCount]);
  if (errors.length === 0) return null;
  const go = (event: MouseEvent, name: string) => {
    event.preventDefault();
    document.getElementById(name)?.focus();
  };
  return (
    <div
      ref={box}
      tabIndex={-1}
      role="alert"
      className={cx("rounded-xl border-3 bg-card p-4", now.size ? "border-bad" : "border-line")}
    >
      <h2 className="text-lg font-bold">{t.problem}</h2>
      <ul className="mt-2 space-y-1">
        {errors.map(([name, message]) => (
          <li key={name} className="font-semibold text-bad">
            {!now.has(name) ? (
              <s className="font-normal text-muted">{wording(message)}</s>
            ) : name.startsWith("root") ? (
              wording(message)
            ) : (
              <a href={`#${name}`} className="underline" onClick={(event) => go(event, name)}>
                {wording(message)}
              </a>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
