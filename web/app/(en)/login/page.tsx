import { LoginView } from "@/components/people/login-view";
import { pageMeta } from "@/lib/page-meta";
import { people } from "@/messages/people";

export const metadata = pageMeta("en", people.en.loginTitle);

export default function Login() {
  return <LoginView />;
}
