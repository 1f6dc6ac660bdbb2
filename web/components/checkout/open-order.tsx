"use client";

import { type MouseEvent, useState } from "react";
import { useFormContext } from "react-hook-form";
import { api, type Schemas } from "@/lib/api";
import { href } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { orderParams } from "@/lib/payment";
import { hasCode, unwrap } from "@/lib/problem";
import { checkout } from "@/messages/checkout";
import { unpaidOrder } from "../orders/access";
import { Alert } from "../ui/alert";
import { Button, ButtonLink } from "../ui/button";
import { Failure } from "../ui/failure";

type Order = Schemas["Order"];

/** The buyer's unfinished order for this event: go on with it, or put this one in its place. */
export function OpenOrder({ id }: { id: string }) {
  const locale = useLocale();
  const t = checkout[locale];
  const { clearErrors } = useFormContext();
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<Order["status"] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const replace = async ({ currentTarget }: MouseEvent<HTMLButtonElement>) => {
    const { form } = currentTarget;
    setBusy(true);
    setError(null);
    try {
      const { status } = await canceled(id);
      setFound(status);
      if (GIVEN_UP.includes(status)) form?.requestSubmit();
      if (status === "paid") clearErrors("root");
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  if (found === "paid") {
    return (
      <Alert kind="success" title={t.openPaid}>
        <p>{t.openPaidHint}</p>
        <ButtonLink variant="secondary" size="small" href={`${href(locale, "/order/")}?id=${id}`}>
          {t.openPaidSee}
        </ButtonLink>
      </Alert>
    );
  }
  return (
    <Alert kind="warning" title={t.openTitle}>
      <p>{found === "pending" ? t.openStuck : t.openHint}</p>
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

const GIVEN_UP: Order["status"][] = ["canceled", "expired", "refunding", "refunded"];

/** The order as it is then: one that was paid or had run out meanwhile can't be canceled. */
async function canceled(id: string): Promise<Order> {
  const params = orderParams({ id, key: null });
  try {
    return await unwrap(api.POST("/orders/{order_id}/cancel", { params }));
  } catch (error) {
    if (!hasCode(error, "order_closed")) throw error;
    return unwrap(api.GET("/orders/{order_id}", { params }));
  }
}
