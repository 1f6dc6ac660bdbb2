import { OrdersView } from "@/components/admin/orders/orders-view";
import { pageMeta } from "@/lib/page-meta";
import { adminOrders } from "@/messages/admin-orders";

export const metadata = pageMeta("bn", adminOrders.bn.title);

export default function Orders() {
  return <OrdersView />;
}
