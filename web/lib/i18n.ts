/** Languages without a library: the main one at `/`, others below their names, as `/bn/`. */

export const LOCALES = ["en", "bn"] as const;

export type Locale = (typeof LOCALES)[number];

/** Where the pages of a language begin. */
const ROOTS: Readonly<Record<Locale, string>> = { en: "", bn: "/bn" };

/** The language that a reader may switch to. */
export const otherLocale = (locale: Locale): Locale => (locale === "bn" ? "en" : "bn");

/** A dictionary of one feature. `bn` does not compile while it lacks a key of `en`. */
export type Dictionary<Messages> = Readonly<Record<Locale, Readonly<Messages>>>;

/** A path of this site in the reader's language. */
export function href(locale: Locale, path: `/${string}`): string {
  return ROOTS[locale] + path;
}

/** The same page in the other language. */
export function counterpart(locale: Locale, path: string): string {
  const root = ROOTS[locale];
  const inner = path === root || path.startsWith(`${root}/`) ? path.slice(root.length) : path;
  return ROOTS[otherLocale(locale)] + (inner || "/");
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
