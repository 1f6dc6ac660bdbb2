"use client";

import { useState } from "react";
import { api } from "@/lib/api";
import { fill } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { explain, unwrap } from "@/lib/problem";
import { adminOrders } from "@/messages/admin-orders";
import { Button } from "../../ui/button";
import type { Order } from "./order";

export function ResendButton({ order }: { order: Order }) {
  const locale = useLocale();
  const t = adminOrders[locale];
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState("");
  const send = async () => {
    setBusy(true);
    setOutcome("");
    try {
      const params = { path: { order_id: order.id } };
      await unwrap(api.POST("/admin/orders/{order_id}/resend", { params }));
      setOutcome(fill(t.resent, { email: order.email }));
    } catch (error) {
      setOutcome(explain(error, locale));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div>
      <Button variant="secondary" busy={busy} onClick={() => void send()}>
        {t.resend}
      </Button>
      <p role="status" className="mt-1 min-h-6 text-sm">
        {outcome}
      </p>
    </div>
  );
}
