import { LoginLinkView } from "@/components/people/login-link-view";
import { pageMeta } from "@/lib/page-meta";
import { people } from "@/messages/people";

export const metadata = pageMeta("bn", people.bn.loginLinkTitle);

export default function LoginLink() {
  return <LoginLinkView />;
}
