/** Two languages without a library: English at `/`, Bangla at `/bn/`. */

export const LOCALES = ["en", "bn"] as const;

export type Locale = (typeof LOCALES)[number];

/** A dictionary of one feature. `bn` does not compile while it lacks a key of `en`. */
export type Dictionary<Messages> = Readonly<Record<Locale, Readonly<Messages>>>;

/** A path of this site in the reader's language. */
export function href(locale: Locale, path: `/${string}`): string {
  return locale === "bn" ? `/bn${path}` : path;
}

/** The same page in the other language. */
export function counterpart(locale: Locale, path: string): string {
  if (locale === "en") return `/bn${path}`;
  return path.replace(/^\/bn(?=\/|$)/, "") || "/";
}

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
