"use client";

import {
  CheckCircleIcon,
  ExclamationTriangleIcon,
  QuestionMarkCircleIcon,
} from "@heroicons/react/24/outline";
import { useEffect, useState } from "react";
import { ago } from "@/lib/ago";
import { cx } from "@/lib/cx";
import { number } from "@/lib/format";
import { fill } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { adminOverview } from "@/messages/admin-overview";
import type { Overview } from "./overview";

const TICK_MS = 10_000;
const LOOKS = {
  good: [CheckCircleIcon, "border-good bg-good-soft", "text-good", "allGood"],
  bad: [ExclamationTriangleIcon, "border-bad bg-bad-soft", "text-bad", "lookHere"],
  unknown: [QuestionMarkCircleIcon, "border-info bg-info-soft", "text-info", "neverChecked"],
} as const;

/** The figure that must be zero, and when it was looked at last. */
export function PaidWithoutTicket({ overview }: { overview: Overview }) {
  const locale = useLocale();
  const t = adminOverview[locale];
  const { paid_without_ticket: count, checked_at } = overview;
  const now = useNow();
  const [Icon, frame, ink, words] = LOOKS[judge(overview)];
  return (
    <section
      aria-labelledby="paid-without-ticket"
      className={cx(
        "flex flex-wrap items-center gap-x-5 gap-y-2 rounded-2xl border-l-8 p-5 sm:p-6",
        frame,
      )}
    >
      <Icon className={cx("size-12 shrink-0", ink)} aria-hidden="true" />
      <div className="min-w-0 grow">
        <h2 id="paid-without-ticket" className="text-xl font-bold">
          {t[words]}
        </h2>
        <p className="text-muted">
          {t.paidWithoutTicket}: <span className="tabular-nums">{number(count, locale)}</span>
        </p>
      </div>
      {checked_at && (
        <p className="text-muted">{fill(t.checked, { when: ago(checked_at, now, locale) })}</p>
      )}
    </section>
  );
}

/** Zero says nothing before the payments were looked at. */
function judge({ paid_without_ticket, checked_at }: Overview): keyof typeof LOOKS {
  if (paid_without_ticket > 0) return "bad";
  return checked_at ? "good" : "unknown";
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
