import { TicketsView } from "@/components/admin/tickets/tickets-view";
import { pageMeta } from "@/lib/page-meta";
import { adminTickets } from "@/messages/admin-tickets";

export const metadata = pageMeta("bn", adminTickets.bn.title);

export default function Tickets() {
  return <TicketsView />;
}
