"use client";

import { api, type Schemas } from "@/lib/api";
import { fill } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { unwrap } from "@/lib/problem";
import { adminOverview } from "@/messages/admin-overview";
import { AlarmButton } from "./alarm-button";

interface ResolveButtonProps {
  alarm: Schemas["Alarm"];
  onResolved: () => void;
}

/** Somebody has seen to an alarm: it leaves the list, until it is seen again. */
export function ResolveButton({ alarm, onResolved }: ResolveButtonProps) {
  const t = adminOverview[useLocale()];
  const resolve = () => {
    const params = { path: { alarm_id: alarm.id } };
    return unwrap(api.POST("/admin/alarms/{alarm_id}/resolve", { params }));
  };
  return (
    <AlarmButton
      label={t.resolve}
      spoken={fill(t.resolveThis, { alarm: alarm.kind })}
      act={resolve}
      onDone={onResolved}
    />
  );
}
