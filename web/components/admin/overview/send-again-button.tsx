"use client";

import { api } from "@/lib/api";
import { useLocale } from "@/lib/locale";
import { unwrap } from "@/lib/problem";
import { adminOverview } from "@/messages/admin-overview";
import { AlarmButton } from "./alarm-button";

/** The mail service takes emails again: all that were given up wait to be sent. */
export function SendAgainButton({ onSent }: { onSent: () => void }) {
  const t = adminOverview[useLocale()];
  const send = () =>
    unwrap(api.POST("/admin/emails/send-again", { body: { include_refused: false } }));
  return <AlarmButton label={t.sendAgain} spoken={t.sendAgain} act={send} onDone={onSent} />;
}
