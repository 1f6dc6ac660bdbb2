import { PeopleView } from "@/components/admin/people/people-view";
import { pageMeta } from "@/lib/page-meta";
import { adminPeople } from "@/messages/admin-people";

export const metadata = pageMeta("en", adminPeople.en.title);

export default function People() {
  return <PeopleView />;
}
