"use client";

import { money } from "@/lib/format";
import { localized } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { adminOrders } from "@/messages/admin-orders";
import { Button } from "../../ui/button";
import { StatusBadge } from "../status-badge";
import type { Order } from "./order";

interface TicketChoiceProps {
  order: Order;
  /** Which may be chosen. */
  open: ReadonlySet<string>;
  chosen: ReadonlySet<string>;
  onChoose: (chosen: ReadonlySet<string>) => void;
}

/** Which tickets of an order are refunded; nobody has chosen before. */
export function TicketChoice({ order, open, chosen, onChoose }: TicketChoiceProps) {
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

export function UsedToo({ checked, onChange }: UsedTooProps) {
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
