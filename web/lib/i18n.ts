/** Languages without a library: those of the build, from the table that the server reads too. */

import LANGUAGES from "./languages.json";

export type Locale = keyof typeof LANGUAGES;

export const LOCALES = Object.keys(LANGUAGES) as [Locale, ...Locale[]];

/** A dictionary of one feature. A language does not compile while it lacks a key of `en`. */
export type Dictionary<Messages> = Readonly<Record<Locale, Readonly<Messages>>>;

/** A path of this site in a language. */
export function href(locale: Locale, path: `/${string}`): string {
  return LANGUAGES[locale].root + path;
}

/** The same page in another language. */
export function counterpart(locale: Locale, path: string, other: Locale): string {
  const { root } = LANGUAGES[locale];
  const inner = path === root || path.startsWith(`${root}/`) ? path.slice(root.length) : path;
  return LANGUAGES[other].root + (inner || "/");
}

/** Another language, where there is room for one. */
export const otherLocale = (locale: Locale): Locale =>
  LOCALES.find((language) => language !== locale) ?? locale;

/** A language by its own name. */
export const ownName = (locale: Locale): string => LANGUAGES[locale].name;

/** Fills `{name}` places of a message. */
export function fill(message: string, values: Record<string, string | number>): string {
  return message.replace(/\{(\w+)\}/g, (_, key: string) => String(values[key] ?? ""));
}

/** What an organizer wrote, by language; the main language comes first, a missing one is left out. */
export type Words = Readonly<Record<string, string>>;

/** Reads a text of an API object, in the main language where it is not translated. */
export function localized<Field extends string>(
  locale: Locale,
  source: Readonly<Record<Field, Words>>,
  field: Field,
): string {
  const words = source[field];
  return words[languageOf(locale, words)] ?? "";
}

/** The language that `localized` answers in: for `lang`, where it is not the page's. */
export function languageOf(locale: Locale, words: Words): string {
  return words[locale] === undefined ? (Object.keys(words)[0] ?? locale) : locale;
}

/** `bn` → `Bangla`, as readers of `locale` call it. */
export function languageName(language: string, locale: Locale): string {
  return new Intl.DisplayNames(locale, { type: "language" }).of(language) ?? language;
}
