"use client";

import type { ReactNode } from "react";
import { useFormContext } from "react-hook-form";
import { fill, languageName } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { useLocales } from "@/lib/site";
import { adminEvents } from "@/messages/admin-events";
import { TextArea, TextField } from "../../ui/field";

interface TranslationsProps {
  name: string;
  label: string;
  hint?: string;
  /** More than one line. */
  rows?: number;
  /** The main language cannot be left empty. */
  needed?: boolean;
  /** Paths of translations that are older than the main language's text. */
  outdated: readonly string[];
}

/** One text in each language of the site; all but the main one may wait. */
export function Translations({ name, label, hint, rows, needed, outdated }: TranslationsProps) {
  const locale = useLocale();
  const locales = useLocales();
  const fields = locales.map((language, index) => {
    const path = `${name}.${language}`;
    const field = {
      name: path,
      label: locales.length > 1 ? `${label} (${languageName(language, locale)})` : label,
      lang: language,
      optional: index > 0 || (!needed && !rows),
      hint: (
        <>
          {hint}
          {index > 0 && <Missing name={name} main={locales[0] ?? "en"} language={language} />}
        </>
      ),
    };
    return (
      <div key={language} className="space-y-2">
        {rows ? <TextArea {...field} rows={rows} /> : <TextField {...field} />}
        {outdated.includes(path) && <StillRight path={path} main={locales[0] ?? "en"} />}
      </div>
    );
  });
  return rows && rows > 3 ? fields : <Pair>{fields}</Pair>;
}

/** Says that a translation is missing while the main language has words. */
function Missing({ name, main, language }: { name: string; main: string; language: string }) {
  const t = adminEvents[useLocale()];
  const [original, translation] = useFormContext().watch([
    `${name}.${main}`,
    `${name}.${language}`,
  ]);
  if (!original || translation) return null;
  return <span className="block font-semibold text-warn">{t.translationMissing}</span>;
}

/** The main language has changed since: the words may be changed, or confirmed as they are. */
function StillRight({ path, main }: { path: string; main: string }) {
  const locale = useLocale();
  const t = adminEvents[locale];
  const { register } = useFormContext();
  const id = `still-right-${path}`;
  return (
    <div className="space-y-1 text-sm">
      <p className="font-semibold text-warn">
        {fill(t.translationOutdated, { language: languageName(main, locale) })}
      </p>
      <label htmlFor={id} className="flex min-h-11 items-center gap-3">
        <input
          id={id}
          type="checkbox"
          value={path}
          {...register("still_right")}
          className="size-6 shrink-0 accent-brand"
        />
        {t.stillRight}
      </label>
    </div>
  );
}

/** Two fields beside each other where there is room. */
export function Pair({ children }: { children: ReactNode }) {
  return <div className="grid grid-cols-1 gap-5 sm:grid-cols-2 sm:items-end">{children}</div>;
}
