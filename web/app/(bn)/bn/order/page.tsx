import { OrderView } from "@/components/orders/order-view";
import { pageMeta } from "@/lib/page-meta";
import { orders } from "@/messages/orders";

export const metadata = pageMeta("bn", orders.bn.title);

export default function Order() {
  return <OrderView />;
}
