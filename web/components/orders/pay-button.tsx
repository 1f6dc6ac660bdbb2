"use client";

import type { Schemas } from "@/lib/api";
import { money } from "@/lib/format";
import { fill } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import type { OrderAccess } from "@/lib/payment";
import { orders } from "@/messages/orders";
import { Button } from "../ui/button";
import { Failure } from "../ui/failure";
import { Opening } from "./opening";
import { usePay } from "./use-pay";

interface PayButtonProps {
  access: OrderAccess;
  order: Schemas["Order"];
  reload: () => void;
}

/** Pays a held order; shows the place in line while the payment page is being opened. */
export function PayButton({ access, order, reload }: PayButtonProps) {
  const locale = useLocale();
  const { start, place, error } = usePay(access, reload);
  return (
    <div className="space-y-3">
      {error !== null && <Failure error={error} />}
      <p role="status" className="empty:hidden">
        {place !== null && <Opening place={place} />}
      </p>
      <Button size="large" wide busy={place !== null} onClick={start}>
        {fill(orders[locale].pay, { amount: money(order.total_cents, order.currency, locale) })}
      </Button>
    </div>
  );
}
