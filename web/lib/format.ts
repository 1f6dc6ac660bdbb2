import type { Locale } from "./i18n";

// India's Bangla puts the currency sign first, as people in the US write it.
const TAGS: Record<Locale, string> = { en: "en-US", bn: "bn-IN" };
const NO_BREAK = "\u00a0";

// Parts of the day by the hour that ends them, as letters and tickets say them. Browsers' own words
// differ from one to the next, and CLDR's রাত্রি is a poet's.
const NIGHT = "রাত";
const DAY_PARTS: ReadonlyArray<readonly [number, string]> = [
  [4, NIGHT],
  [6, "ভোর"],
  [12, "সকাল"],
  [15, "দুপুর"],
  [18, "বিকেল"],
  [20, "সন্ধ্যা"],
];

/** `3500, "USD"` → `$35.00`; the currency's own number of decimals decides the minor unit. */
export function money(minor: number, currency: string, locale: Locale): string {
  const format = currencyFormat(currency, locale);
  return format.format(minor / 10 ** decimalsOf(format));
}

/** `USD` → 2, `JPY` → 0. */
export const decimals = (currency: string): number => decimalsOf(currencyFormat(currency, "en"));

function currencyFormat(currency: string, locale: Locale): Intl.NumberFormat {
  return new Intl.NumberFormat(TAGS[locale], {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
  });
}

const decimalsOf = (format: Intl.NumberFormat): number =>
  format.resolvedOptions().maximumFractionDigits ?? 2;

export function number(value: number, locale: Locale): string {
  return new Intl.NumberFormat(TAGS[locale]).format(value);
}

function formatter(locale: Locale, timeZone: string, options: Intl.DateTimeFormatOptions) {
  return new Intl.DateTimeFormat(TAGS[locale], { timeZone, ...options });
}

/** Bangla writes months out: CLDR's short forms (ডিসেঃ) are read nowhere. */
function dayOptions(locale: Locale): Intl.DateTimeFormatOptions {
  return { year: "numeric", month: locale === "bn" ? "long" : "short", day: "numeric" };
}

/** `Sat, Dec 5, 2026` in the event's own zone. */
export function date(iso: string, timeZone: string, locale: Locale): string {
  return formatter(locale, timeZone, { weekday: "short", ...dayOptions(locale) }).format(
    new Date(iso),
  );
}

/** `5:30 PM`, or `বিকেল ৫:৩০`, in the event's own zone. A line never ends within it. */
export function time(iso: string, timeZone: string, locale: Locale): string {
  const at = new Date(iso);
  if (locale === "en") {
    const text = formatter(locale, timeZone, { hour: "numeric", minute: "2-digit" }).format(at);
    return text.replace(/\s/u, NO_BREAK);
  }
  const parts = new Intl.DateTimeFormat("en", {
    timeZone,
    hour: "numeric",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(at);
  const part = (name: string) => Number(parts.find(({ type }) => type === name)?.value);
  const hour = part("hour");
  const [, word] = DAY_PARTS.find(([end]) => hour < end) ?? [24, NIGHT];
  const digits = new Intl.NumberFormat(TAGS.bn, { minimumIntegerDigits: 2 });
  return `${word}${NO_BREAK}${number(hour % 12 || 12, locale)}:${digits.format(part("minute"))}`;
}

/** Day, hours and the zone's short name; the second day is named when the event ends on another. */
export function span(startIso: string, endIso: string, timeZone: string, locale: Locale): string {
  const [firstDay, lastDay] = [date(startIso, timeZone, locale), date(endIso, timeZone, locale)];
  const zone = formatter("en", timeZone, { timeZoneName: "short" })
    .formatToParts(new Date(startIso))
    .find((part) => part.type === "timeZoneName")?.value;
  const start = `${firstDay}, ${time(startIso, timeZone, locale)}`;
  const end = time(endIso, timeZone, locale);
  const last = firstDay === lastDay ? end : `${lastDay}, ${end}`;
  // A line ends after the dash, never before it, and the zone stays with its time.
  return `${start}${NO_BREAK}– ${last}${NO_BREAK}${zone ?? ""}`.trim();
}

/** Month and day apart, for a date badge. */
export function dayParts(iso: string, timeZone: string, locale: Locale) {
  const at = new Date(iso);
  return {
    month: formatter(locale, timeZone, { month: "short" }).format(at),
    day: formatter(locale, timeZone, { day: "numeric" }).format(at),
  };
}

/** `Dec 5, 2026, 5:30 PM` in the reader's own zone, for lists and audit lines. */
export function moment(iso: string, locale: Locale): string {
  const day = formatter(locale, ownZone(), dayOptions(locale)).format(new Date(iso));
  return `${day}, ${clock(iso, locale)}`;
}

/** Hour and minute in the reader's own zone, for deadlines of minutes. */
export function clock(iso: string, locale: Locale): string {
  return time(iso, ownZone(), locale);
}

function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
