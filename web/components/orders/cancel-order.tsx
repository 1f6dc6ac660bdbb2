"use client";

import { useState } from "react";
import { api, type Schemas } from "@/lib/api";
import { useLocale } from "@/lib/locale";
import { type OrderAccess, orderParams } from "@/lib/payment";
import { unwrap } from "@/lib/problem";
import { orders } from "@/messages/orders";
import { Alert } from "../ui/alert";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Failure } from "../ui/failure";

interface CancelOrderProps {
  access: OrderAccess;
  set: (order: Schemas["Order"]) => void;
}

/** Gives the held seats back, after one question. */
export function CancelOrder({ access, set }: CancelOrderProps) {
  const t = orders[useLocale()];
  const [asked, setAsked] = useState(false);
  const [state, setState] = useState<"idle" | "busy" | "waiting">("idle");
  const [error, setError] = useState<unknown>(null);
  const cancel = async () => {
    setState("busy");
    setError(null);
    try {
      const params = orderParams(access);
      const order = await unwrap(api.POST("/orders/{order_id}/cancel", { params }));
      set(order);
      setState(order.status === "pending" ? "waiting" : "idle");
      setAsked(false);
    } catch (failure) {
      setError(failure);
      setState("idle");
    }
  };
  if (state === "waiting") return <Alert>{t.cancelWaiting}</Alert>;
  return (
    <>
      <Button variant="secondary" wide onClick={() => setAsked(true)}>
        {t.cancel}
      </Button>
      <Dialog title={t.cancelSure} open={asked} onClose={() => setAsked(false)}>
        {error !== null && <Failure error={error} />}
        <div className="flex flex-wrap gap-3">
          <Button variant="danger" busy={state === "busy"} onClick={() => void cancel()}>
            {t.cancelYes}
          </Button>
          <Button variant="secondary" onClick={() => setAsked(false)}>
            {t.cancelNo}
          </Button>
        </div>
      </Dialog>
    </>
  );
}
