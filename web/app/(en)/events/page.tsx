import { EventsView } from "@/components/events/events-view";
import { pageMeta } from "@/lib/page-meta";
import { events } from "@/messages/events";

export const metadata = pageMeta("en", events.en.title, {
  description: events.en.description,
  listed: true,
});

export default function Events() {
  return <EventsView />;
}
