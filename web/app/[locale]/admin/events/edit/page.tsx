import { EventEditView } from "@/components/admin/events/edit-view";
import { headOf, pageMeta } from "@/lib/page-meta";
import { adminEvents } from "@/messages/admin-events";

export const generateMetadata = headOf((locale) => pageMeta(locale, adminEvents[locale].editTitle));

export default function EditEvent() {
  return <EventEditView />;
}
