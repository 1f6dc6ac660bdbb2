"use client";

import { api } from "@/lib/api";
import { fill } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { ApiError, unwrap } from "@/lib/problem";
import { useRepeat } from "@/lib/use-repeat";
import { useResource } from "@/lib/use-resource";
import { adminOrders } from "@/messages/admin-orders";
import { Alert } from "../../ui/alert";
import { Failure } from "../../ui/failure";
import { Loading } from "../../ui/spinner";
import { SubHeader } from "../admin-page";
import { StatusBadge } from "../status-badge";
import type { Order } from "./order";
import { OrderFacts } from "./order-facts";
import { OrderLines } from "./order-lines";
import { RefundCard } from "./refund-card";
import { RefundsList } from "./refunds-list";
import { ResendButton } from "./resend-button";

const POLL_SECONDS = 3;

/** One order: what was bought, the tickets, and what was given back. */
export default function OrderDetail({ id }: { id: string }) {
  const locale = useLocale();
  const t = adminOrders[locale];
  const order = useResource(id, () =>
    unwrap(api.GET("/admin/orders/{order_id}", { params: { path: { order_id: id } } })),
  );
  const { data, error, loading, reload } = order;
  useRepeat(data !== undefined && isMoving(data), POLL_SECONDS, reload);
  if (data) return <OrderPage order={data} reload={reload} />;
  const missing = error instanceof ApiError && [404, 422].includes(error.status);
  return (
    <>
      <SubHeader back={t.allOrders} to="/admin/orders/" title={missing ? t.notFound : t.title} />
      {loading && <Loading />}
      {error && !missing ? <Failure error={error} retry={reload} /> : null}
    </>
  );
}

/** Whether the order is about to change by itself. */
function isMoving({ status, refunds }: Order): boolean {
  const open = refunds.some((refund) => refund.status === "asked" || refund.status === "pending");
  return open || status === "refunding" || status === "pending";
}

function OrderPage({ order, reload }: { order: Order; reload: () => void }) {
  const t = adminOrders[useLocale()];
  const hasTickets = order.tickets?.some(({ status }) => status !== "void");
  return (
    <>
      <SubHeader
        back={t.allOrders}
        to="/admin/orders/"
        title={fill(t.orderTitle, { number: order.number })}
        lead={<StatusBadge status={order.status} />}
        actions={hasTickets && <ResendButton order={order} />}
      />
      <div className="space-y-5">
        {order.dispute && (
          <Alert kind="error">{order.dispute === "lost" ? t.disputeLost : t.disputeOpen}</Alert>
        )}
        <OrderFacts order={order} />
        <OrderLines order={order} />
        <RefundsList order={order} />
        {order.status === "paid" && !order.dispute && hasTickets && (
          <RefundCard key={order.refunds.length} order={order} reload={reload} />
        )}
      </div>
    </>
  );
}
