"use client";

import { useState } from "react";
import { useLocale } from "@/lib/locale";
import { usePassed } from "@/lib/use-passed";
import { orders } from "@/messages/orders";
import { Loading } from "../ui/spinner";
import { CancelOrder } from "./cancel-order";
import type { OrderPart } from "./order-part";
import { PayButton } from "./pay-button";

const USUAL_MS = 15_000;

/** Back from the payment page. After a while it offers the way back there, in case of a mistake. */
export function Checking({ access, order, reload, set }: OrderPart) {
  const t = orders[useLocale()];
  const [since] = useState(Date.now);
  const long = usePassed(since + USUAL_MS);
  return (
    <>
      <Loading label={t.checkingHint} />
      {long && (
        <div className="space-y-4">
          <p role="status">{t.checkingLong}</p>
          <p>{t.notYetPaid}</p>
          <PayButton access={access} order={order} reload={reload} />
          <CancelOrder access={access} set={set} />
        </div>
      )}
    </>
  );
}
