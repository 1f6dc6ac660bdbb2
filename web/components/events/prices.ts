import type { Schemas } from "@/lib/api";
import { money } from "@/lib/format";
import type { Locale } from "@/lib/i18n";
import { events } from "@/messages/events";

type Priced = Pick<Schemas["EventCard"], "from_cents" | "to_cents" | "currency">;

/** What one ticket costs, in full. */
export function price(cents: number, currency: string, locale: Locale): string {
  return cents === 0 ? events[locale].free : money(cents, currency, locale);
}

/** `$15.00`, `Free – $5.00`: from the least to the greatest price; nothing while none is on sale. */
export function priceRange({ from_cents, to_cents, currency }: Priced, locale: Locale): string {
  if (from_cents === null || to_cents === null) return "";
  const ends = new Set([from_cents, to_cents]);
  return Array.from(ends, (cents) => price(cents, currency, locale)).join(" – ");
}
