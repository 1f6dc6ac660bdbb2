"use client";

import type { Schemas } from "@/lib/api";
import { money, number } from "@/lib/format";
import { fill, localized } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { orders } from "@/messages/orders";
import { price } from "../events/prices";
import { Card } from "../ui/card";

/** What was ordered and what it cost. */
export function OrderSummary({ order }: { order: Schemas["Order"] }) {
  const locale = useLocale();
  const t = orders[locale];
  const row = "flex justify-between gap-4";
  return (
    <Card>
      <h2 className="text-lg font-bold">{fill(t.titleNumber, { number: order.number })}</h2>
      <dl className="mt-3 space-y-2">
        {order.lines.map((line) => (
          <div key={line.ticket_type_id} className={row}>
            <dt className="min-w-0 break-words">
              {fill(t.line, {
                quantity: number(line.quantity, locale),
                type: localized(locale, line, "name"),
              })}
            </dt>
            <dd>{price(line.unit_cents * line.quantity, order.currency, locale)}</dd>
          </div>
        ))}
        <div className={`${row} border-t border-line pt-2 font-bold`}>
          <dt>{t.total}</dt>
          <dd>{price(order.total_cents, order.currency, locale)}</dd>
        </div>
        {order.refunded_cents > 0 && (
          <div className={row}>
            <dt>{t.refundedPart}</dt>
            <dd>{money(order.refunded_cents, order.currency, locale)}</dd>
          </div>
        )}
      </dl>
    </Card>
  );
}
