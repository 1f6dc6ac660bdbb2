"use client";

import type { ReactNode } from "react";
import { moment, money } from "@/lib/format";
import { fill, href, localized } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { mailto } from "@/lib/mailto";
import { admin } from "@/messages/admin";
import { adminOrders } from "@/messages/admin-orders";
import { Card } from "../../ui/card";
import type { Order } from "./order";

export function OrderFacts({ order }: { order: Order }) {
  const locale = useLocale();
  const t = adminOrders[locale];
  const { event, currency } = order;
  return (
    <Card>
      <h2 className="sr-only">{t.facts}</h2>
      <dl className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        <Fact label={t.buyer}>
          {order.name}
          <a className="block break-all text-brand underline" href={mailto(order.email)}>
            {order.email}
          </a>
        </Fact>
        <Fact label={admin[locale].event}>
          <a
            className="text-brand underline"
            href={href(locale, `/admin/events/edit/?id=${event.id}`)}
          >
            {localized(locale, event, "title")}
          </a>
        </Fact>
        <Fact label={t.total}>
          <strong>{money(order.total_cents, currency, locale)}</strong>
          {order.refunded_cents > 0 && (
            <span className="block text-muted">
              {fill(t.refundedOf, { amount: money(order.refunded_cents, currency, locale) })}
            </span>
          )}
        </Fact>
        <Fact label={t.kind}>{t[order.kind]}</Fact>
        <Fact label={t.created}>{moment(order.created_at, locale)}</Fact>
        {order.status === "pending" && (
          <Fact label={t.expires}>{moment(order.expires_at, locale)}</Fact>
        )}
        {order.settled_at && <Fact label={t.settled}>{moment(order.settled_at, locale)}</Fact>}
        {order.link && (
          <Fact label={t.buyerPage}>
            <a className="text-brand underline" href={order.link}>
              {t.openPage}
            </a>
          </Fact>
        )}
      </dl>
    </Card>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-sm text-muted">{label}</dt>
      <dd className="break-words">{children}</dd>
    </div>
  );
}
