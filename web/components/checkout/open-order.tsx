"use client";

import { type MouseEvent, useState } from "react";
import { api } from "@/lib/api";
import { useLocale } from "@/lib/locale";
import { orderParams } from "@/lib/payment";
import { unwrap } from "@/lib/problem";
import { checkout } from "@/messages/checkout";
import { unpaidOrder } from "../orders/access";
import { Alert } from "../ui/alert";
import { Button, ButtonLink } from "../ui/button";
import { Failure } from "../ui/failure";

/** The buyer's unfinished order for this event: go on with it, or put this one in its place. */
export function OpenOrder({ id }: { id: string }) {
  const locale = useLocale();
  const t = checkout[locale];
  const [busy, setBusy] = useState(false);
  const [stuck, setStuck] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const replace = async ({ currentTarget }: MouseEvent<HTMLButtonElement>) => {
    const { form } = currentTarget;
    setBusy(true);
    setError(null);
    try {
      const params = orderParams({ id, key: null });
      const order = await unwrap(api.POST("/orders/{order_id}/cancel", { params }));
      setStuck(order.status === "pending");
      if (order.status !== "pending") form?.requestSubmit();
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Alert kind="warning" title={t.openTitle}>
      <p>{stuck ? t.openStuck : t.openHint}</p>
      {error !== null && <Failure error={error} />}
      <div className="flex flex-wrap gap-2">
        <ButtonLink size="small" href={unpaidOrder(locale, id)}>
          {t.openGoOn}
        </ButtonLink>
        <Button
          variant="secondary"
          size="small"
          busy={busy}
          onClick={(event) => void replace(event)}
        >
          {t.openCancel}
        </Button>
      </div>
    </Alert>
  );
}
