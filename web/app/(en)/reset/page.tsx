import { ResetView } from "@/components/people/reset-view";
import { pageMeta } from "@/lib/page-meta";
import { people } from "@/messages/people";

export const metadata = pageMeta("en", people.en.resetTitle);

export default function Reset() {
  return <ResetView />;
}
