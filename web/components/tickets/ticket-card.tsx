"use client";

import type { Schemas } from "@/lib/api";
import { moment, number } from "@/lib/format";
import { fill, localized } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { orders } from "@/messages/orders";
import { price } from "../events/prices";
import { Badge } from "../ui/badge";

type Ticket = Schemas["Ticket"];

interface TicketCardProps {
  ticket: Ticket;
  /** How many tickets its order has. */
  count: number;
  heading: "h2" | "h3";
}

/** One ticket as the door wants to see it: the code on white, as large as the screen allows. */
export function TicketCard({ ticket, count, heading: Heading }: TicketCardProps) {
  const locale = useLocale();
  const t = orders[locale];
  const place = { number: number(ticket.position, locale), total: number(count, locale) };
  return (
    <article className="overflow-hidden rounded-2xl border border-line bg-white shadow-xs">
      <div className="space-y-1 border-b border-dashed border-field p-5">
        <p className="flex flex-wrap items-center justify-between gap-2 text-sm text-muted">
          {count > 1 ? fill(t.ticketNumber, place) : ticket.order_number}
          <State ticket={ticket} />
        </p>
        <Heading className="text-2xl font-bold break-words">{ticket.attendee}</Heading>
        <p className="text-lg">
          {localized(locale, ticket, "type_name")} ·{" "}
          {price(ticket.price_cents, ticket.currency, locale)}
        </p>
      </div>
      {ticket.qr_svg && (
        <div
          role="img"
          aria-label={fill(t.qr, { attendee: ticket.attendee })}
          className="mx-auto max-w-md p-1"
          // biome-ignore lint/security/noDangerouslySetInnerHtml: drawn by the server out of its own signature.
          dangerouslySetInnerHTML={{ __html: ticket.qr_svg }}
        />
      )}
      {ticket.typed_code && (
        <p className="px-5 pb-5 text-center">
          <span className="block text-sm text-muted">{t.typedCode}</span>
          <span className="font-mono text-2xl font-bold tracking-wider break-all sm:text-3xl">
            {spaced(ticket.typed_code)}
          </span>
        </p>
      )}
    </article>
  );
}

function State({ ticket }: { ticket: Ticket }) {
  const locale = useLocale();
  const t = orders[locale];
  if (ticket.status === "valid") return <Badge tone="good">{t.valid}</Badge>;
  if (ticket.status === "void") return <Badge tone="bad">{t.void}</Badge>;
  if (ticket.status === "frozen") return <Badge tone="bad">{t.frozen}</Badge>;
  const time = ticket.used_at && moment(ticket.used_at, locale);
  return <Badge tone="warn">{time ? fill(t.usedAt, { time }) : t.used}</Badge>;
}

/** `7KQ2M9XW4T` → `7KQ2M 9XW4T`, which is easier to read out. */
export const spaced = (code: string): string => code.replace(/(.{5})(?=.)/g, "$1 ");
