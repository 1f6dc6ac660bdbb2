import { LoginView } from "@/components/people/login-view";
import { headOf, pageMeta } from "@/lib/page-meta";
import { people } from "@/messages/people";

export const generateMetadata = headOf((locale) => pageMeta(locale, people[locale].loginTitle));

export default function Login() {
  return <LoginView />;
}
