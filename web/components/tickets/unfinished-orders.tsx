"use client";

import { api } from "@/lib/api";
import { clock } from "@/lib/format";
import { fill, localized } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { unwrap } from "@/lib/problem";
import { useResource } from "@/lib/use-resource";
import { orders } from "@/messages/orders";
import { unpaidOrder } from "../orders/access";
import { Alert } from "../ui/alert";
import { ButtonLink } from "../ui/button";

/** Orders whose seats are held and not paid; they are among the newest. */
export function UnfinishedOrders() {
  const locale = useLocale();
  const t = orders[locale];
  const { data } = useResource("orders", () => unwrap(api.GET("/me/orders")));
  const pending = data?.items.filter(({ status }) => status === "pending") ?? [];
  return pending.map((order) => (
    <Alert
      key={order.id}
      kind="warning"
      title={fill(t.unfinished, { title: localized(locale, order.event, "title") })}
    >
      <p>{fill(t.held, { time: clock(order.expires_at, locale) })}</p>
      <ButtonLink size="small" href={unpaidOrder(locale, order.id)}>
        {t.finish}
      </ButtonLink>
    </Alert>
  ));
}
