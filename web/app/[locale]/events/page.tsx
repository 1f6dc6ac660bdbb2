import { EventsView } from "@/components/events/events-view";
import { headOf, pageMeta } from "@/lib/page-meta";
import { events } from "@/messages/events";

export const generateMetadata = headOf((locale) =>
  pageMeta(locale, events[locale].title, { description: events[locale].description, listed: true }),
);

export default function Events() {
  return <EventsView />;
}
