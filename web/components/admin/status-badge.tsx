"use client";

import { useLocale } from "@/lib/locale";
import { admin } from "@/messages/admin";
import { Badge, type Tone } from "../ui/badge";

const TONES = {
  draft: "neutral",
  published: "good",
  canceled: "bad",
  pending: "warn",
  paid: "good",
  refunding: "info",
  refunded: "neutral",
  expired: "neutral",
  valid: "good",
  used: "info",
  void: "neutral",
  frozen: "bad",
} as const satisfies Record<string, Tone>;

/** The state of an event, an order or a ticket. */
export function StatusBadge({ status }: { status: keyof typeof TONES }) {
  return (
    <span className="md:whitespace-nowrap">
      <Badge tone={TONES[status]}>{admin[useLocale()][status]}</Badge>
    </span>
  );
}
