import currencies from "./currencies.json";
import type { Locale } from "./i18n";
import LANGUAGES from "./languages.json";
import { ownZone, zoneOrUtc } from "./zones";

const NO_BREAK = "\u00a0";

/** What CLDR calls the parts of a day, from which hour on, as emails and tickets say them; browsers'
 * own words differ from one to the next. None where a time has AM and PM. */
const dayPartsOf = (locale: Locale): [from: number, words: string][] =>
  Object.entries(LANGUAGES[locale].dayParts).map(([from, words]) => [Number(from), words]);

interface Currency {
  decimals: number;
  shown: number;
  least: number;
}

/** How the server counts a currency; CLDR, which browsers know, has other decimals for a dozen. */
const currencyOf = (code: string): Currency =>
  (currencies as Record<string, Currency>)[code] ?? { decimals: 2, shown: 2, least: 1 };

/** `3500, "USD"` → `$35.00`. */
export function money(minor: number, currency: string, locale: Locale): string {
  return currencyFormat(currency, locale).format(minor / 10 ** currencyOf(currency).decimals);
}

/** `USD` → 2, `JPY` → 0. */
export const decimals = (currency: string): number => currencyOf(currency).shown;

/** Minor units in the smallest amount that people write: `ISK` → 100, `USD` → 1. */
export const unwritten = (currency: string): number =>
  10 ** (currencyOf(currency).decimals - currencyOf(currency).shown);

/** Stripe's least charge, in minor units. */
export const leastCharge = (currency: string): number => currencyOf(currency).least;

function currencyFormat(currency: string, locale: Locale): Intl.NumberFormat {
  return new Intl.NumberFormat(LANGUAGES[locale].intl, {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    minimumFractionDigits: decimals(currency),
    maximumFractionDigits: decimals(currency),
  });
}

export function number(value: number, locale: Locale): string {
  return new Intl.NumberFormat(LANGUAGES[locale].intl).format(value);
}

function formatter(locale: Locale, timeZone: string, options: Intl.DateTimeFormatOptions) {
  return new Intl.DateTimeFormat(LANGUAGES[locale].intl, {
    timeZone: zoneOrUtc(timeZone),
    ...options,
  });
}

/** Short names of months and zones are read in the Latin script only: nobody says ডিসেঃ or CST. */
const isShort = (locale: Locale) => LANGUAGES[locale].script === "Latn";

/** The day alone: `Dec 5, 2026`, `৫ ডিসেম্বর, ২০২৬`. */
function day(at: Date, timeZone: string, locale: Locale): string {
  const month = isShort(locale) ? "short" : "long";
  return formatter(locale, timeZone, { year: "numeric", month, day: "numeric" }).format(at);
}

/** `Sat, Dec 5, 2026` in the event's own zone. */
export function date(iso: string, timeZone: string, locale: Locale): string {
  const at = new Date(iso);
  const weekday = formatter(locale, timeZone, { weekday: "short" }).format(at);
  return `${weekday}, ${day(at, timeZone, locale)}`;
}

/** `5:30 PM`, or `বিকাল ৫:৩০`, in the event's own zone. A line never ends within it. */
export function time(iso: string, timeZone: string, locale: Locale): string {
  const at = new Date(iso);
  const dayParts = dayPartsOf(locale);
  if (dayParts.length === 0) {
    const text = formatter(locale, timeZone, { hour: "numeric", minute: "2-digit" }).format(at);
    return text.replace(/\s/u, NO_BREAK);
  }
  const { hour, minute } = hourAndMinute(at, timeZone);
  const word = dayParts.findLast(([from]) => from <= hour)?.[1] ?? "";
  const digits = new Intl.NumberFormat(LANGUAGES[locale].intl, { minimumIntegerDigits: 2 });
  return `${word}${NO_BREAK}${number(hour % 12 || 12, locale)}:${digits.format(minute)}`;
}

function hourAndMinute(at: Date, timeZone: string): { hour: number; minute: number } {
  const parts = formatter("en", timeZone, {
    hour: "numeric",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(at);
  const part = (name: string) => Number(parts.find(({ type }) => type === name)?.value);
  return { hour: part("hour"), minute: part("minute") };
}

/** An event that ends before this hour of the next day still belongs to its evening. */
const LATE_NIGHT_HOUR = 6;
const DAY_MS = 86_400_000;

/**
 * Day, hours and the zone's short name. The second day is named unless the event is one evening;
 * each end has its own name of the zone when the clocks change in between.
 */
export function span(startIso: string, endIso: string, timeZone: string, locale: Locale): string {
  const [firstDay, lastDay] = [date(startIso, timeZone, locale), date(endIso, timeZone, locale)];
  const [firstZone, lastZone] = [startIso, endIso].map((iso) => zoneName(iso, timeZone));
  const start = `${firstDay}, ${time(startIso, timeZone, locale)}`;
  const end = time(endIso, timeZone, locale);
  const evening = firstDay === lastDay || isOneEvening(startIso, endIso, timeZone);
  const last = evening ? end : `${lastDay}, ${end}`;
  const change = firstZone === lastZone ? "" : `${NO_BREAK}${firstZone}`;
  // A line ends after the dash, never before it, and the zone stays with its time.
  return `${start}${change}${NO_BREAK}– ${last}${NO_BREAK}${lastZone}`.trim();
}

function isOneEvening(startIso: string, endIso: string, timeZone: string): boolean {
  const nextDay = new Date(Date.parse(startIso) + DAY_MS).toISOString();
  const sameDay = date(nextDay, timeZone, "en") === date(endIso, timeZone, "en");
  return sameDay && hourAndMinute(new Date(endIso), timeZone).hour < LATE_NIGHT_HOUR;
}

/** `CST`, in every language: Chromium has no other name of its zones in Bangla than the city's. */
function zoneName(iso: string, timeZone: string): string {
  const parts = formatter("en", timeZone, { timeZoneName: "short" }).formatToParts(new Date(iso));
  return parts.find((part) => part.type === "timeZoneName")?.value ?? "";
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
  return `${day(new Date(iso), ownZone() ?? "UTC", locale)}, ${clock(iso, locale)}`;
}

/** Hour and minute in the reader's own zone, for deadlines of minutes; UTC is named when it is not. */
export function clock(iso: string, locale: Locale): string {
  const zone = ownZone();
  return zone ? time(iso, zone, locale) : `${time(iso, "UTC", locale)}${NO_BREAK}UTC`;
}
