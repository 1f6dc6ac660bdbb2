import type { Locale } from "./i18n";

// India's Bangla puts the currency sign first, as people in the US write it.
const TAGS: Record<Locale, string> = { en: "en-US", bn: "bn-IN" };

/** `3500, "USD"` → `$35.00`; the currency's own number of decimals decides the minor unit. */
export function money(minor: number, currency: string, locale: Locale): string {
  const format = new Intl.NumberFormat(TAGS[locale], {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
  });
  const decimals = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(minor / 10 ** decimals);
}

export function number(value: number, locale: Locale): string {
  return new Intl.NumberFormat(TAGS[locale]).format(value);
}

function formatter(locale: Locale, timeZone: string, options: Intl.DateTimeFormatOptions) {
  return new Intl.DateTimeFormat(TAGS[locale], { timeZone, ...options });
}

/** `Sat, Dec 5, 2026` in the event's own zone. */
export function date(iso: string, timeZone: string, locale: Locale): string {
  return formatter(locale, timeZone, {
    weekday: "short",
    year: "numeric",
    month: "short",
    day: "numeric",
  }).format(new Date(iso));
}

/** `5:30 PM`, or `বিকাল ৫:৩০`, in the event's own zone. */
export function time(iso: string, timeZone: string, locale: Locale): string {
  const at = new Date(iso);
  if (locale === "en") {
    const text = formatter(locale, timeZone, { hour: "numeric", minute: "2-digit" }).format(at);
    return text.replace(/\s/u, "\u00a0"); // a line never ends between the hour and its PM
  }
  const parts = formatter(locale, timeZone, {
    hour: "numeric",
    minute: "2-digit",
    hour12: true,
    dayPeriod: "short",
  }).formatToParts(at);
  const part = (name: string) => parts.find(({ type }) => type === name)?.value ?? "";
  return `${part("dayPeriod")} ${part("hour")}:${part("minute")}`;
}

/** Day, hours and the zone's short name; the second day is named when the event ends on another. */
export function span(startIso: string, endIso: string, timeZone: string, locale: Locale): string {
  const [firstDay, lastDay] = [date(startIso, timeZone, locale), date(endIso, timeZone, locale)];
  const zone = formatter("en", timeZone, { timeZoneName: "short" })
    .formatToParts(new Date(startIso))
    .find((part) => part.type === "timeZoneName")?.value;
  const start = `${firstDay}, ${time(startIso, timeZone, locale)}`;
  const end = time(endIso, timeZone, locale);
  return `${start} – ${firstDay === lastDay ? end : `${lastDay}, ${end}`} ${zone ?? ""}`.trim();
}

/** Month and day apart, for a date badge. */
export function dayParts(iso: string, timeZone: string, locale: Locale) {
  const at = new Date(iso);
  return {
    month: formatter(locale, timeZone, { month: "short" }).format(at),
    day: formatter(locale, timeZone, { day: "numeric" }).format(at),
  };
}

/** A moment in the reader's own zone, for lists and audit lines. */
export function moment(iso: string, locale: Locale): string {
  return new Intl.DateTimeFormat(TAGS[locale], { dateStyle: "medium", timeStyle: "short" }).format(
    new Date(iso),
  );
}

/** Hour and minute in the reader's own zone, for deadlines of minutes. */
export function clock(iso: string, locale: Locale): string {
  return time(iso, Intl.DateTimeFormat().resolvedOptions().timeZone, locale);
}
