import { TicketView } from "@/components/door/ticket-view";
import { headOf, pageMeta } from "@/lib/page-meta";
import { door } from "@/messages/door";

export const generateMetadata = headOf((locale) => pageMeta(locale, door[locale].ticketTitle));

export default function Ticket() {
  return <TicketView />;
}
