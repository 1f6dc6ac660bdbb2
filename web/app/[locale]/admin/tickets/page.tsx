import { TicketsView } from "@/components/admin/tickets/tickets-view";
import { headOf, pageMeta } from "@/lib/page-meta";
import { adminTickets } from "@/messages/admin-tickets";

export const generateMetadata = headOf((locale) => pageMeta(locale, adminTickets[locale].title));

export default function Tickets() {
  return <TicketsView />;
}
