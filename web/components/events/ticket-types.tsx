"use client";

import type { Schemas } from "@/lib/api";
import { date } from "@/lib/format";
import { fill, localized } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { events } from "@/messages/events";
import { Card } from "../ui/card";
import { AvailabilityBadge } from "./availability";
import { BuyButton } from "./buy-bar";
import { price } from "./prices";

type TicketType = Schemas["TicketType"];

/** What there is to buy; the price is all that will be paid. */
export function TicketTypes({ event }: { event: Schemas["Event"] }) {
  const locale = useLocale();
  const t = events[locale];
  if (event.ticket_types.length === 0 || event.status === "canceled") return null;
  return (
    <Card>
      <h2 className="text-lg font-bold">{t.tickets}</h2>
      <ul className="mt-2 divide-y divide-line">
        {event.ticket_types.map((type) => (
          <li key={type.id} className="py-3">
            <p className="flex justify-between gap-4 font-semibold">
              {localized(locale, type, "name")}
              <span>{price(type.price_cents, event.currency, locale)}</span>
            </p>
            <SaleState type={type} timeZone={event.time_zone} />
          </li>
        ))}
      </ul>
      {event.availability === "sold_out" && (
        <div className="mt-4">
          <p className="font-semibold">{t.soldOut}</p>
          <p className="text-muted">{t.soldOutHint}</p>
        </div>
      )}
      <div className="mt-4 hidden md:block">
        <BuyButton event={event} />
      </div>
    </Card>
  );
}

function SaleState({ type, timeZone }: { type: TicketType; timeZone: string }) {
  const locale = useLocale();
  const t = events[locale];
  const day = (iso: string) => date(iso, timeZone, locale);
  const { availability, sale_starts_at, sale_ends_at } = type;
  const note =
    availability === "not_yet" && sale_starts_at
      ? fill(t.saleStarts, { date: day(sale_starts_at) })
      : availability === "available" && sale_ends_at
        ? fill(t.saleEnds, { date: day(sale_ends_at) })
        : "";
  return (
    <p className="mt-1 flex flex-wrap items-center gap-2 text-sm text-muted">
      {availability !== "available" && <AvailabilityBadge availability={availability} />}
      {note}
    </p>
  );
}
