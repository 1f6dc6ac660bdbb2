import { RegisterView } from "@/components/people/register-view";
import { pageMeta } from "@/lib/page-meta";
import { people } from "@/messages/people";

export const metadata = pageMeta("en", people.en.registerTitle);

export default function Register() {
  return <RegisterView />;
}
