"use client";

import { useRef, useState } from "react";
import { api } from "@/lib/api";
import { money, number } from "@/lib/format";
import { useZodForm } from "@/lib/forms";
import { fill, localized } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { unwrap } from "@/lib/problem";
import { adminOrders } from "@/messages/admin-orders";
import { Alert } from "../../ui/alert";
import { Button } from "../../ui/button";
import { Card } from "../../ui/card";
import { TextField } from "../../ui/field";
import { Form } from "../../ui/form";
import { Submit } from "../../ui/submit";
import { StatusBadge } from "../status-badge";
import type { Order } from "./order";
import { refundable, refundCents } from "./refund-plan";

/** Gives an order, or some of its tickets, back; the button says how much goes to whom. */
export function RefundCard({ order, reload }: { order: Order; reload: () => void }) {
  const locale = useLocale();
  const t = adminOrders[locale];
  const [includeUsed, setIncludeUsed] = useState(false);
  const open = refundable(order, includeUsed);
  const [picked, setPicked] = useState<ReadonlySet<string>>(
    () => new Set(open.map(({ id }) => id)),
  );
  const chosen = new Set(open.map(({ id }) => id).filter((id) => picked.has(id)));
  const [unchosen, setUnchosen] = useState(false);
  const form = useZodForm(() => import("./schemas").then((all) => all.refund), { reason: "" });
  const command = useRef({ id: crypto.randomUUID(), content: "" });
  const refund = async ({ reason }: { reason: string }) => {
    setUnchosen(chosen.size === 0);
    if (chosen.size === 0) return;
    const wish = { ticket_ids: [...chosen].sort(), include_used: includeUsed };
    const content = JSON.stringify(wish);
    // A repeated press sends the same refund; another choice is another one.
    if (command.current.content !== content) command.current = { id: crypto.randomUUID(), content };
    const body = { ...wish, id: command.current.id, reason };
    const params = { path: { order_id: order.id } };
    await unwrap(api.POST("/admin/orders/{order_id}/refunds", { params, body }));
    reload();
  };
  const amount = refundCents(order, chosen);
  const action = amount
    ? fill(t.refundNow, { amount: money(amount, order.currency, locale), name: order.name })
    : fill(t.refundFree, { count: number(chosen.size, locale), name: order.name });
  return (
    <Card className="space-y-4">
      <h2 className="text-xl font-bold">{t.refundTitle}</h2>
      <p className="text-muted">{t.refundLead}</p>
      <Form form={form} onSubmit={refund}>
        <TicketChoice
          order={order}
          open={new Set(open.map(({ id }) => id))}
          chosen={chosen}
          onChoose={setPicked}
        />
        {order.tickets?.some(({ status }) => status === "used") && (
          <UsedToo checked={includeUsed} onChange={setIncludeUsed} />
        )}
        <TextField name="reason" label={t.refundReason} hint={t.refundReasonHint} />
        {unchosen && chosen.size === 0 && <Alert kind="error">{t.refundChoose}</Alert>}
        <Submit variant="danger">{chosen.size ? action : t.refundChoose}</Submit>
      </Form>
    </Card>
  );
}

interface TicketChoiceProps {
  order: Order;
  /** Which may be chosen. */
  open: ReadonlySet<string>;
  chosen: ReadonlySet<string>;
  onChoose: (chosen: ReadonlySet<string>) => void;
}

function TicketChoice({ order, open, chosen, onChoose }: TicketChoiceProps) {
  const locale = useLocale();
  const t = adminOrders[locale];
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    onChoose(next);
  };
  return (
    <fieldset className="min-w-0 space-y-2">
      <legend className="font-semibold">{t.refundWhich}</legend>
      <div className="flex flex-wrap gap-2">
        <Button variant="secondary" size="small" onClick={() => onChoose(open)}>
          {t.refundAll}
        </Button>
        <Button variant="secondary" size="small" onClick={() => onChoose(new Set())}>
          {t.refundNone}
        </Button>
      </div>
      <ul className="divide-y divide-line">
        {order.tickets?.map((ticket) => (
          <li key={ticket.id}>
            <label className="flex min-h-12 items-center gap-3 py-2">
              <input
                type="checkbox"
                checked={chosen.has(ticket.id)}
                disabled={!open.has(ticket.id)}
                onChange={() => toggle(ticket.id)}
                className="size-6 shrink-0 accent-brand"
              />
              <span className="flex min-w-0 grow flex-wrap items-center justify-between gap-x-3">
                <span className="min-w-0 break-words">
                  {ticket.attendee}
                  <span className="block text-sm text-muted">
                    {localized(locale, ticket, "type_name")} ·{" "}
                    {money(ticket.price_cents, ticket.currency, locale)}
                  </span>
                </span>
                <StatusBadge status={ticket.status} />
              </span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

interface UsedTooProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
}

function UsedToo({ checked, onChange }: UsedTooProps) {
  const t = adminOrders[useLocale()];
  return (
    <div>
      <label className="flex items-start gap-3">
        <input
          type="checkbox"
          checked={checked}
          aria-describedby="include-used-hint"
          onChange={(event) => onChange(event.target.checked)}
          className="mt-0.5 size-6 shrink-0 accent-brand"
        />
        {t.includeUsed}
      </label>
      <p id="include-used-hint" className="pl-9 text-sm text-muted">
        {t.includeUsedHint}
      </p>
    </div>
  );
}
