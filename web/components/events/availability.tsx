"use client";

import type { Schemas } from "@/lib/api";
import { money } from "@/lib/format";
import { fill, type Locale } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { events } from "@/messages/events";
import { Badge, type Tone } from "../ui/badge";

type Availability = Schemas["EventCard"]["availability"] | Schemas["TicketType"]["availability"];

const TONES: Record<Availability, Tone> = {
  available: "good",
  few_left: "warn",
  sold_out: "bad",
  not_on_sale: "neutral",
  not_yet: "neutral",
  ended: "neutral",
  canceled: "bad",
};

export function AvailabilityBadge({ availability }: { availability: Availability }) {
  return <Badge tone={TONES[availability]}>{events[useLocale()][availability]}</Badge>;
}

/** Whether somebody could buy now. */
export function isOnSale(availability: Availability): boolean {
  return availability === "available" || availability === "few_left";
}

/** `from $15.00`, or nothing while no ticket type is shown. */
export function fromPrice(
  event: Pick<Schemas["EventCard"], "from_cents" | "currency">,
  locale: Locale,
): string {
  if (event.from_cents === null) return "";
  if (event.from_cents === 0) return events[locale].free;
  return fill(events[locale].from, { price: money(event.from_cents, event.currency, locale) });
}

/** What one ticket costs, in full. */
export function price(cents: number, currency: string, locale: Locale): string {
  return cents === 0 ? events[locale].free : money(cents, currency, locale);
}
