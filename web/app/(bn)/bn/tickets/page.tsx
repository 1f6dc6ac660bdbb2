import { TicketsView } from "@/components/tickets/tickets-view";
import { pageMeta } from "@/lib/page-meta";
import { orders } from "@/messages/orders";

export const metadata = pageMeta("bn", orders.bn.ticketsTitle);

export default function Tickets() {
  return <TicketsView />;
}
