import type { Locale } from "./i18n";

const STEPS = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
] as const;

/** `2 minutes ago`; under a minute `now`. */
export function ago(iso: string, now: number, locale: Locale): string {
  const seconds = Math.max(0, (now - Date.parse(iso)) / 1000);
  const format = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const [unit, size] = STEPS.find(([, least]) => seconds >= least) ?? ["second", Infinity];
  return format.format(-Math.floor(seconds / size), unit);
}

/** `90` → `1 min`, for how long something has waited. */
export function lasting(seconds: number, locale: Locale): string {
  const [unit, size] = STEPS.find(([, least]) => seconds >= least) ?? (["second", 1] as const);
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "short" }).format(
    Math.floor(seconds / size),
  );
}
