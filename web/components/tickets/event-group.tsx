"use client";

import { span } from "@/lib/format";
import { fill, href, localized } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { orders } from "@/messages/orders";
import { Badge } from "../ui/badge";
import { type EventTickets, ordersOf } from "./by-event";
import { TicketCard } from "./ticket-card";

/** One event and its tickets; of events that are over only the names stay. */
export function EventGroup({ event, tickets, over }: EventTickets & { over: boolean }) {
  const locale = useLocale();
  const t = orders[locale];
  const all = ordersOf(tickets);
  const Heading = over ? "h3" : "h2";
  return (
    <section aria-labelledby={event.id} className="space-y-4">
      <div>
        <Heading id={event.id} className="text-xl font-bold break-words">
          {localized(locale, event, "title")}
        </Heading>
        <p className="text-muted">
          {span(event.starts_at, event.ends_at, event.time_zone, locale)}
        </p>
        <p className="text-muted">{event.venue}</p>
        {event.status === "canceled" && <Badge tone="bad">{t.eventCanceled}</Badge>}
      </div>
      {over ? (
        <p>{tickets.map(({ attendee }) => attendee).join(", ")}</p>
      ) : (
        <ul className="space-y-6">
          {tickets.map((ticket) => (
            <li key={ticket.id}>
              <TicketCard
                ticket={ticket}
                count={all.find(({ id }) => id === ticket.order_id)?.count ?? 1}
                heading="h3"
              />
            </li>
          ))}
        </ul>
      )}
      <ul>
        {all.map(({ id, number }) => (
          <li key={id}>
            <a
              className="inline-flex min-h-11 items-center text-brand underline underline-offset-4"
              href={`${href(locale, "/order/")}?id=${id}`}
            >
              {fill(t.openOrder, { number })}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
