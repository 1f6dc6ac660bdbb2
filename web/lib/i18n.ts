/** Two languages without a library: English at `/`, Bangla at `/bn/`. */

export type Locale = "en" | "bn";

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

/** Reads `FIELD_en` or `FIELD_bn` of an API object; an empty translation falls back to the other. */
export function localized<Field extends string>(
  locale: Locale,
  source: Record<`${Field}_en` | `${Field}_bn`, string>,
  field: Field,
): string {
  const en = source[`${field}_en`];
  const bn = source[`${field}_bn`];
  return locale === "bn" ? bn || en : en || bn;
}
