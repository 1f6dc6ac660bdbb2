"use client";

import { useEffect, useRef } from "react";
import type { Schemas } from "@/lib/api";
import { moment, money } from "@/lib/format";
import { fill } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { admin } from "@/messages/admin";
import { adminOrders } from "@/messages/admin-orders";
import { Alert } from "../../ui/alert";
import { Badge, type Tone } from "../../ui/badge";
import { Rows } from "../data-list";
import type { Order } from "./order";

type Refund = Schemas["Refund"];
const TONES = {
  asked: "info",
  pending: "info",
  succeeded: "good",
  failed: "bad",
} as const satisfies Record<Refund["status"], Tone>;

/** What was given back; a refund that moves while the page is open is told. */
export function RefundsList({ order }: { order: Order }) {
  const locale = useLocale();
  const t = adminOrders[locale];
  const words = { ...t, pending: t.waiting };
  return (
    <section className="space-y-3">
      <h2 className="text-xl font-bold">{t.refunds}</h2>
      <div role="status">
        <News order={order} />
      </div>
      {order.refunds.length === 0 ? (
        <p className="text-muted">{t.refundsNone}</p>
      ) : (
        <Rows
          caption={t.refunds}
          rows={order.refunds}
          columns={[
            {
              label: t.amount,
              cell: (refund) => money(refund.amount_cents, refund.currency, locale),
            },
            {
              label: admin[locale].status,
              cell: ({ status, failure }) => (
                <>
                  <Badge tone={TONES[status]}>{words[status]}</Badge>
                  {failure && <span className="block text-sm text-bad">{failure}</span>}
                </>
              ),
            },
            { label: t.reason, cell: (refund) => refund.reason },
            {
              label: admin[locale].when,
              cell: (refund) => moment(refund.finished_at ?? refund.created_at, locale),
            },
          ]}
        />
      )}
    </section>
  );
}

/** The state of the latest refund, if it began or ended while the page was open. */
function News({ order }: { order: Order }) {
  const locale = useLocale();
  const t = adminOrders[locale];
  const settled = useRef<ReadonlySet<string>>(null);
  useEffect(() => {
    settled.current ??= new Set(order.refunds.filter(isOver).map(({ id }) => id));
  }, [order.refunds]);
  const latest = order.refunds.reduce<Refund | null>(
    (newest, refund) => (!newest || refund.created_at > newest.created_at ? refund : newest),
    null,
  );
  if (!latest || !settled.current || settled.current.has(latest.id)) return null;
  const amount = money(latest.amount_cents, latest.currency, locale);
  const names = { amount, name: order.name, failure: latest.failure ?? "" };
  if (latest.status === "failed") {
    return (
      <Alert kind="error" title={fill(t.refundFailed, names)}>
        {order.status === "paid" ? t.refundFailedHint : t.refundFailedLate}
      </Alert>
    );
  }
  const done = latest.status === "succeeded";
  return (
    <Alert kind={done ? "success" : "info"}>
      {fill(done ? t.refundDone : t.refundAsked, names)}
    </Alert>
  );
}

const isOver = ({ status }: Refund): boolean => status === "succeeded" || status === "failed";
