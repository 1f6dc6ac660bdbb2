import { TicketView } from "@/components/door/ticket-view";
import { pageMeta } from "@/lib/page-meta";
import { door } from "@/messages/door";

export const metadata = pageMeta("bn", door.bn.ticketTitle);

export default function Ticket() {
  return <TicketView />;
}
