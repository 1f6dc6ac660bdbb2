"use client";

import { useState } from "react";
import { api, type Schemas } from "@/lib/api";
import { fill } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { type OrderAccess, orderParams } from "@/lib/payment";
import { unwrap } from "@/lib/problem";
import { save } from "@/lib/save";
import { orders } from "@/messages/orders";
import { Alert } from "../ui/alert";
import { Button } from "../ui/button";
import { Failure } from "../ui/failure";

type Job = "pdf" | "calendar" | "resend";

/** The tickets as a file, the date for the calendar, and the letter once more. */
export function OrderFiles({ access, order }: { access: OrderAccess; order: Schemas["Order"] }) {
  const t = orders[useLocale()];
  const [busy, setBusy] = useState<Job | null>(null);
  const [sent, setSent] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const params = orderParams(access);
  const parseAs = "blob" as const;
  const jobs: Record<Job, () => Promise<void>> = {
    pdf: async () => {
      const file = api.GET("/orders/{order_id}/tickets.pdf", { params, parseAs });
      save((await unwrap(file)) as Blob, `tickets-${order.number}.pdf`);
    },
    calendar: async () => {
      const file = api.GET("/orders/{order_id}/calendar.ics", { params, parseAs });
      save((await unwrap(file)) as Blob, `${order.event.slug}.ics`);
    },
    resend: async () => {
      await unwrap(api.POST("/orders/{order_id}/resend", { params }));
      setSent(true);
    },
  };
  const run = (job: Job) => {
    setBusy(job);
    setError(null);
    jobs[job]()
      .catch(setError)
      .finally(() => setBusy(null));
  };
  return (
    <div className="space-y-4">
      <div className="flex flex-wrap gap-3">
        {(["pdf", "calendar", "resend"] as const).map((job) => (
          <Button key={job} variant="secondary" busy={busy === job} onClick={() => run(job)}>
            {t[job]}
          </Button>
        ))}
      </div>
      {error !== null && <Failure error={error} />}
      {sent && (
        <Alert kind="success">
          <p className="break-words">{fill(t.resent, { email: order.email })}</p>
        </Alert>
      )}
    </div>
  );
}
