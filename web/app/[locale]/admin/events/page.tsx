import { AdminEventsView } from "@/components/admin/events/events-view";
import { headOf, pageMeta } from "@/lib/page-meta";
import { adminEvents } from "@/messages/admin-events";

export const generateMetadata = headOf((locale) => pageMeta(locale, adminEvents[locale].title));

export default function Events() {
  return <AdminEventsView />;
}
