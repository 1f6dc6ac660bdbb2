import { LoginLinkView } from "@/components/people/login-link-view";
import { pageMeta } from "@/lib/page-meta";
import { people } from "@/messages/people";

export const metadata = pageMeta("en", people.en.loginLinkTitle);

export default function LoginLink() {
  return <LoginLinkView />;
}
