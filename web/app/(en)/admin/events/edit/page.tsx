import { EventEditView } from "@/components/admin/events/edit-view";
import { pageMeta } from "@/lib/page-meta";
import { adminEvents } from "@/messages/admin-events";

export const metadata = pageMeta("en", adminEvents.en.editTitle);

export default function EditEvent() {
  return <EventEditView />;
}
