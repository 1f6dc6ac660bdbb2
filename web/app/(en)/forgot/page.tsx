import { ForgotView } from "@/components/people/forgot-view";
import { pageMeta } from "@/lib/page-meta";
import { people } from "@/messages/people";

export const metadata = pageMeta("en", people.en.forgotTitle);

export default function Forgot() {
  return <ForgotView />;
}
