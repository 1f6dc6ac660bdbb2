import { LoginView } from "@/components/people/login-view";
import { pageMeta } from "@/lib/page-meta";
import { people } from "@/messages/people";

export const metadata = pageMeta("bn", people.bn.loginTitle);

export default function Login() {
  return <LoginView />;
}
