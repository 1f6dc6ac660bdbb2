import { OrderView } from "@/components/orders/order-view";
import { headOf, pageMeta } from "@/lib/page-meta";
import { orders } from "@/messages/orders";

export const generateMetadata = headOf((locale) => pageMeta(locale, orders[locale].title));

export default function Order() {
  return <OrderView />;
}
