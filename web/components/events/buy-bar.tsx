"use client";

import type { Schemas } from "@/lib/api";
import { href } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { useSearch } from "@/lib/use-address";
import { events } from "@/messages/events";
import { ButtonLink } from "../ui/button";
import { isOnSale } from "./availability";
import { hiddenType } from "./hidden-type";
import { priceRange } from "./prices";

type Event = Schemas["Event"];

/** On phones the way to the tickets stays in reach of the thumb, and never covers the footer. */
export function BuyBar({ event }: { event: Event }) {
  if (!isOnSale(event.availability)) return null;
  return (
    <div className="sticky bottom-0 z-10 -mx-gutter mt-8 border-y border-line bg-card p-3 md:hidden">
      <BuyButton event={event} />
    </div>
  );
}

export function BuyButton({ event }: { event: Event }) {
  const locale = useLocale();
  const asked = hiddenType(useSearch() ?? "");
  if (!isOnSale(event.availability)) return null;
  const query = new URLSearchParams({ event: event.slug, ...(asked && { ticket_type: asked }) });
  const price = priceRange(event, locale);
  return (
    <ButtonLink size="large" wide href={`${href(locale, "/checkout/")}?${query}`}>
      {events[locale].getTickets}
      {price && ` · ${price}`}
    </ButtonLink>
  );
}
