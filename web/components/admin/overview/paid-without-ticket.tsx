"use client";

import { CheckCircleIcon, ExclamationTriangleIcon } from "@heroicons/react/24/outline";
import { useEffect, useState } from "react";
import { ago } from "@/lib/ago";
import { cx } from "@/lib/cx";
import { number } from "@/lib/format";
import { fill } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { adminOverview } from "@/messages/admin-overview";
import type { Overview } from "./overview-view";

const TICK_MS = 10_000;

/** The figure that must be zero, and when it was looked at last. */
export function PaidWithoutTicket({ overview }: { overview: Overview }) {
  const locale = useLocale();
  const t = adminOverview[locale];
  const { paid_without_ticket: count, checked_at } = overview;
  const now = useNow();
  const Icon = count ? ExclamationTriangleIcon : CheckCircleIcon;
  return (
    <section
      aria-labelledby="paid-without-ticket"
      className={cx(
        "flex flex-wrap items-center gap-x-5 gap-y-2 rounded-2xl border-l-8 p-5 sm:p-6",
        count ? "border-bad bg-bad-soft" : "border-good bg-good-soft",
      )}
    >
      <Icon
        className={cx("size-12 shrink-0", count ? "text-bad" : "text-good")}
        aria-hidden="true"
      />
      <div className="min-w-0 grow">
        <h2 id="paid-without-ticket" className="text-xl font-bold">
          {t.paidWithoutTicket}:{" "}
          <span className="text-4xl font-extrabold tabular-nums">{number(count, locale)}</span>
        </h2>
        <p>{count ? t.lookHere : t.allGood}</p>
      </div>
      <p className="text-muted">
        {checked_at ? fill(t.checked, { when: ago(checked_at, now, locale) }) : t.neverChecked}
      </p>
    </section>
  );
}

/** The time, kept fresh enough for "2 minutes ago". */
function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
