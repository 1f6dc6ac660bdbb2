import { TicketsView } from "@/components/tickets/tickets-view";
import { headOf, pageMeta } from "@/lib/page-meta";
import { orders } from "@/messages/orders";

export const generateMetadata = headOf((locale) => pageMeta(locale, orders[locale].ticketsTitle));

export default function Tickets() {
  return <TicketsView />;
}
