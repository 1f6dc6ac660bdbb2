import { EventEditView } from "@/components/admin/events/edit-view";
import { pageMeta } from "@/lib/page-meta";
import { adminEvents } from "@/messages/admin-events";

export const metadata = pageMeta("bn", adminEvents.bn.editTitle);

export default function EditEvent() {
  return <EventEditView />;
}
