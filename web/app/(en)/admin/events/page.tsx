import { AdminEventsView } from "@/components/admin/events/events-view";
import { pageMeta } from "@/lib/page-meta";
import { adminEvents } from "@/messages/admin-events";

export const metadata = pageMeta("en", adminEvents.en.title);

export default function Events() {
  return <AdminEventsView />;
}
