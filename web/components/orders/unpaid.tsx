"use client";

import { clock } from "@/lib/format";
import { fill } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { usePassed } from "@/lib/use-passed";
import { orders } from "@/messages/orders";
import { Alert } from "../ui/alert";
import { CancelOrder } from "./cancel-order";
import type { OrderPart } from "./order-part";
import { PayButton } from "./pay-button";

const WARN_MS = 2 * 60_000;

/** Seats are held and wait for the payment. `returned`: the payment page was left unpaid. */
export function Unpaid({
  access,
  order,
  reload,
  set,
  returned,
}: OrderPart & { returned: boolean }) {
  const locale = useLocale();
  const t = orders[locale];
  const soon = usePassed(Date.parse(order.expires_at) - WARN_MS);
  const over = usePassed(Date.parse(order.expires_at));
  const words = over ? t.heldOver : soon ? t.heldSoon : t.held;
  const time = clock(order.expires_at, locale);
  return (
    <>
      <Alert kind={soon ? "warning" : "info"} title={returned ? t.notPaid : undefined}>
        <p>{fill(words, { time })}</p>
      </Alert>
      <PayButton access={access} order={order} reload={reload} />
      <CancelOrder access={access} set={set} />
    </>
  );
}
