"use client";

import type { Schemas } from "@/lib/api";
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
