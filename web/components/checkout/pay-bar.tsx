"use client";

import type { Schemas } from "@/lib/api";
import { clock, money } from "@/lib/format";
import { fill } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { checkout } from "@/messages/checkout";
import { Opening } from "../orders/opening";
import { Submit } from "../ui/submit";
import { type Choices, totals } from "./cart";

interface PayBarProps {
  event: Schemas["Event"];
  choices: Choices;
  /** Place in the line for the payment page, and until when the seats are held. */
  wait: { place: number; until: string } | null;
}

/** The one button, in reach of the thumb, with the amount that will be paid. */
export function PayBar({ event, choices, wait }: PayBarProps) {
  const locale = useLocale();
  const t = checkout[locale];
  const { seats, cents } = totals(event.ticket_types, choices);
  const amount = money(cents, event.currency, locale);
  const label = seats === 0 ? t.choose : cents === 0 ? t.getFree : `${t.pay} · ${amount}`;
  return (
    <div className="sticky bottom-0 z-10 -mx-gutter border-y border-line bg-card p-3 sm:mx-0 sm:rounded-2xl sm:border">
      <div role="status" className="empty:hidden">
        {wait && (
          <p className="pb-3">
            <Opening place={wait.place} /> {fill(t.held, { time: clock(wait.until, locale) })}
          </p>
        )}
      </div>
      <Submit>{label}</Submit>
      {cents > 0 && <p className="pt-2 text-center text-sm text-muted">{t.allIn}</p>}
    </div>
  );
}
