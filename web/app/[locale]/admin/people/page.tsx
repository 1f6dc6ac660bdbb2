import { PeopleView } from "@/components/admin/people/people-view";
import { headOf, pageMeta } from "@/lib/page-meta";
import { adminPeople } from "@/messages/admin-people";

export const generateMetadata = headOf((locale) => pageMeta(locale, adminPeople[locale].title));

export default function People() {
  return <PeopleView />;
}
