"use client";

import { lasting } from "@/lib/ago";
import { money, number } from "@/lib/format";
import { fill } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { adminOverview } from "@/messages/admin-overview";
import { Card } from "../../ui/card";
import type { Overview } from "./overview";

interface Figure {
  label: string;
  value: string;
  note?: string;
}

export function Figures({ overview }: { overview: Overview }) {
  const locale = useLocale();
  const t = adminOverview[locale];
  const { sales_cents, refunds_cents, currency, outbox_waiting, outbox_oldest_seconds } = overview;
  const cents = (amount: number) => money(amount, currency, locale);
  const count = (amount: number) => number(amount, locale);
  const waited = fill(t.emailsOldest, { time: lasting(outbox_oldest_seconds, locale) });
  return (
    <div className="grid gap-5 md:grid-cols-3">
      <Group
        title={t.money}
        figures={[
          { label: t.sales, value: cents(sales_cents) },
          { label: t.refunds, value: cents(refunds_cents) },
          { label: t.net, value: cents(sales_cents - refunds_cents) },
        ]}
      />
      <Group
        title={t.ticketsHeading}
        figures={[
          { label: t.issued, value: count(overview.tickets_issued) },
          { label: t.used, value: count(overview.tickets_used) },
          { label: t.held, value: count(overview.held_seats) },
        ]}
      />
      <Group
        title={t.work}
        figures={[
          { label: t.upcoming, value: count(overview.events_upcoming) },
          { label: t.refundsOpen, value: count(overview.refunds_open) },
          {
            label: t.emails,
            value: count(outbox_waiting),
            ...(outbox_waiting > 0 && { note: waited }),
          },
        ]}
      />
    </div>
  );
}

function Group({ title, figures }: { title: string; figures: Figure[] }) {
  return (
    <Card>
      <h2 className="text-lg font-bold">{title}</h2>
      <dl className="mt-3 space-y-2">
        {figures.map(({ label, value, note }) => (
          <div key={label} className="flex flex-wrap items-baseline justify-between gap-x-4">
            <dt className="text-muted">{label}</dt>
            <dd className="text-xl font-bold tabular-nums">{value}</dd>
            {note && <dd className="w-full text-sm text-muted">{note}</dd>}
          </div>
        ))}
      </dl>
    </Card>
  );
}
