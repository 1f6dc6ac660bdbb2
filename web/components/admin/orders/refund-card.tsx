"use client";

import { useRef, useState } from "react";
import { api } from "@/lib/api";
import { money, number } from "@/lib/format";
import { useZodForm } from "@/lib/forms";
import { fill } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { unwrap } from "@/lib/problem";
import { adminOrders } from "@/messages/admin-orders";
import { Alert } from "../../ui/alert";
import { Card } from "../../ui/card";
import { TextField } from "../../ui/field";
import { Form } from "../../ui/form";
import { Submit } from "../../ui/submit";
import { Confirm } from "../confirm";
import type { Order } from "./order";
import { TicketChoice, UsedToo } from "./refund-choice";
import { refundable, refundCents } from "./refund-plan";

interface RefundCardProps {
  order: Order;
  reload: () => void;
}

/** Refunds an order, or some of its tickets: nothing is chosen before, and the amount is confirmed. */
export function RefundCard({ order, reload }: RefundCardProps) {
  const t = adminOrders[useLocale()];
  const [includeUsed, setIncludeUsed] = useState(false);
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [unchosen, setUnchosen] = useState(false);
  const [reason, setReason] = useState<string | null>(null);
  const form = useZodForm(() => import("./schemas").then((all) => all.refund), { reason: "" });
  const open = new Set(refundable(order, includeUsed).map(({ id }) => id));
  const chosen = new Set([...picked].filter((id) => open.has(id)));
  const { send, action } = useRefund(order, chosen, includeUsed);
  const ask = async (values: { reason: string }) => {
    setUnchosen(chosen.size === 0);
    if (chosen.size > 0) setReason(values.reason);
  };
  return (
    <Card className="space-y-4">
      <h2 className="text-xl font-bold">{t.refundTitle}</h2>
      <p className="text-muted">{t.refundLead}</p>
      <Form form={form} onSubmit={ask}>
        <TicketChoice order={order} open={open} chosen={chosen} onChoose={setPicked} />
        {order.tickets?.some(({ status }) => status === "used") && (
          <UsedToo checked={includeUsed} onChange={setIncludeUsed} />
        )}
        <TextField name="reason" label={t.refundReason} hint={t.refundReasonHint} />
        {unchosen && chosen.size === 0 && <Alert kind="error">{t.refundChoose}</Alert>}
        <Submit variant="danger">{chosen.size ? `${action}…` : t.refundChoose}</Submit>
      </Form>
      <Confirm
        open={reason !== null}
        title={`${action}?`}
        action={action}
        danger
        onClose={() => setReason(null)}
        onConfirm={async () => {
          await send(reason ?? "");
          reload();
        }}
      >
        <p>{t.refundSure}</p>
      </Confirm>
    </Card>
  );
}

/** The refund of the chosen tickets, and what it does in words. */
function useRefund(order: Order, chosen: ReadonlySet<string>, includeUsed: boolean) {
  const locale = useLocale();
  const t = adminOrders[locale];
  const command = useRef({ id: crypto.randomUUID(), content: "" });
  const amount = refundCents(order, chosen);
  const action = amount
    ? fill(t.refundNow, { amount: money(amount, order.currency, locale), name: order.name })
    : fill(t.refundFree, { count: number(chosen.size, locale), name: order.name });
  const send = async (reason: string) => {
    const wish = { ticket_ids: [...chosen].sort(), include_used: includeUsed };
    const content = JSON.stringify(wish);
    // A repeated press sends the same refund; another choice is another one.
    if (command.current.content !== content) command.current = { id: crypto.randomUUID(), content };
    const body = { ...wish, id: command.current.id, reason };
    const params = { path: { order_id: order.id } };
    await unwrap(api.POST("/admin/orders/{order_id}/refunds", { params, body }));
  };
  return { action, send };
}
