import { VerifyView } from "@/components/people/verify-view";
import { pageMeta } from "@/lib/page-meta";
import { people } from "@/messages/people";

export const metadata = pageMeta("en", people.en.verifyTitle);

export default function Verify() {
  return <VerifyView />;
}
