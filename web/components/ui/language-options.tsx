"use client";

import { LOCALES, ownName } from "@/lib/i18n";
import { useLocales } from "@/lib/site";

/** Options of a select: the languages that are on, each by its own name. */
export function LanguageOptions() {
  const on = useLocales();
  return LOCALES.filter((language) => on.includes(language)).map((language) => (
    <option key={language} value={language} lang={language}>
      {ownName(language)}
    </option>
  ));
}
