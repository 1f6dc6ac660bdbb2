import { OrdersView } from "@/components/admin/orders/orders-view";
import { headOf, pageMeta } from "@/lib/page-meta";
import { adminOrders } from "@/messages/admin-orders";

export const generateMetadata = headOf((locale) => pageMeta(locale, adminOrders[locale].title));

export default function Orders() {
  return <OrdersView />;
}
