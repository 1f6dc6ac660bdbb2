import { EventView } from "@/components/events/event-view";

export const dynamicParams = false;

/** One shell, `/events/_/`, which the server answers for every event. It has no title of its own. */
export const generateStaticParams = () => [{ slug: "_" }];

export default function Event() {
  return <EventView />;
}
