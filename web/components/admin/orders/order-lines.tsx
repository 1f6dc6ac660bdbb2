"use client";

import { moment, money, number } from "@/lib/format";
import { localized } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { admin } from "@/messages/admin";
import { adminOrders } from "@/messages/admin-orders";
import { Rows } from "../data-list";
import { StatusBadge } from "../status-badge";
import type { Order } from "./order";

/** What was ordered, and the tickets made for it. */
export function OrderLines({ order }: { order: Order }) {
  const locale = useLocale();
  const t = adminOrders[locale];
  const { currency } = order;
  const lines = order.lines.map((line) => ({ ...line, id: line.ticket_type_id }));
  return (
    <>
      <section className="space-y-3">
        <h2 className="text-xl font-bold">{t.lines}</h2>
        <Rows
          caption={t.lines}
          rows={lines}
          columns={[
            { label: t.type, cell: (line) => localized(locale, line, "name") },
            { label: t.quantity, numeric: true, cell: (line) => number(line.quantity, locale) },
            {
              label: t.each,
              numeric: true,
              cell: (line) => money(line.unit_cents, currency, locale),
            },
            {
              label: t.sum,
              numeric: true,
              cell: (line) => money(line.unit_cents * line.quantity, currency, locale),
            },
          ]}
        />
      </section>
      <section className="space-y-3">
        <h2 className="text-xl font-bold">{t.tickets}</h2>
        <Tickets order={order} />
      </section>
    </>
  );
}

function Tickets({ order }: { order: Order }) {
  const locale = useLocale();
  const t = adminOrders[locale];
  if (!order.tickets?.length) return <p className="text-muted">{t.ticketsNone}</p>;
  return (
    <Rows
      caption={t.tickets}
      rows={order.tickets}
      columns={[
        { label: t.attendee, cell: (ticket) => ticket.attendee },
        { label: t.type, cell: (ticket) => localized(locale, ticket, "type_name") },
        {
          label: t.each,
          numeric: true,
          cell: (ticket) => money(ticket.price_cents, ticket.currency, locale),
        },
        {
          label: admin[locale].status,
          cell: ({ status, used_at }) => (
            <>
              <StatusBadge status={status} />
              {used_at && (
                <span className="block text-sm text-muted">{moment(used_at, locale)}</span>
              )}
            </>
          ),
        },
      ]}
    />
  );
}
