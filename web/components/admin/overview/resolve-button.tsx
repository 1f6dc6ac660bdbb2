"use client";

import { useState } from "react";
import { api, type Schemas } from "@/lib/api";
import { fill } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { explain, unwrap } from "@/lib/problem";
import { adminOverview } from "@/messages/admin-overview";
import { Button } from "../../ui/button";

interface ResolveButtonProps {
  alarm: Schemas["AlarmOut"];
  onResolved: () => void;
}

/** Somebody has seen to an alarm: it leaves the list, until it is seen again. */
export function ResolveButton({ alarm, onResolved }: ResolveButtonProps) {
  const locale = useLocale();
  const t = adminOverview[locale];
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState("");
  const resolve = async () => {
    setBusy(true);
    setFailure("");
    try {
      const params = { path: { alarm_id: alarm.id } };
      await unwrap(api.POST("/admin/alarms/{alarm_id}/resolve", { params }));
      onResolved();
    } catch (error) {
      setFailure(explain(error, locale));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button
        variant="secondary"
        busy={busy}
        aria-label={fill(t.resolveThis, { alarm: alarm.kind })}
        onClick={() => void resolve()}
      >
        {t.resolve}
      </Button>
      <p role="status" className="text-sm">
        {failure}
      </p>
    </>
  );
}
