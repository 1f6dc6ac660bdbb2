"use client";

import { type MouseEvent, useEffect, useRef } from "react";
import { type FieldErrors, useFormContext } from "react-hook-form";
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

/** What is wrong, at the top, with a link to each field (the pattern of the GOV.UK system). */
export function ErrorSummary() {
  const { errors: found, submitCount } = useFormContext().formState;
  const box = useRef<HTMLDivElement>(null);
  const t = common[useLocale()];
  const wording = useWording();
  const errors = flatten(found);
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
      className="rounded-xl border-3 border-bad bg-card p-4"
    >
      <h2 className="text-lg font-bold">{t.problem}</h2>
      <ul className="mt-2 space-y-1">
        {errors.map(([name, message]) => (
          <li key={name} className="font-semibold text-bad">
            {name.startsWith("root") ? (
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
