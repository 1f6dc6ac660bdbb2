"use client";

import { number } from "@/lib/format";
import { fill } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { useRepeat } from "@/lib/use-repeat";
import { adminEvents } from "@/messages/admin-events";
import { Alert } from "../../ui/alert";
import { Card } from "../../ui/card";
import type { EventPart } from "./event-part";

const POLL_SECONDS = 3;

/** How far the refunds and letters of a canceled event have come. */
export function CanceledCard({ event, reload }: EventPart) {
  const locale = useLocale();
  const t = adminEvents[locale];
  const progress = event.cancellation;
  const busy =
    progress !== null &&
    (progress.orders_done < progress.orders_total || progress.emails_waiting > 0);
  useRepeat(busy, POLL_SECONDS, () => void reload().catch(() => undefined));
  const words = (template: string, values: Record<string, number>) =>
    fill(
      template,
      Object.fromEntries(
        Object.entries(values).map(([key, value]) => [key, number(value, locale)]),
      ),
    );
  return (
    <Card className="max-w-3xl space-y-4">
      <h2 className="text-xl font-bold">{t.canceledTitle}</h2>
      <p>{t.canceledLead}</p>
      {progress && (
        <>
          <label className="block space-y-2">
            <span className="block font-semibold">
              {words(t.progressOrders, {
                done: progress.orders_done,
                total: progress.orders_total,
              })}
            </span>
            <progress
              max={Math.max(progress.orders_total, 1)}
              value={progress.orders_total ? progress.orders_done : 1}
              className="h-4 w-full appearance-none overflow-hidden rounded-full bg-line [&::-moz-progress-bar]:bg-brand [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-brand"
            />
          </label>
          <div role="status">
            {busy ? (
              <p>{words(t.progressEmails, { count: progress.emails_waiting })}</p>
            ) : (
              <Alert kind="success">{t.progressDone}</Alert>
            )}
          </div>
        </>
      )}
    </Card>
  );
}
