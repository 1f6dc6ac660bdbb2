import { LoginLinkView } from "@/components/people/login-link-view";
import { headOf, pageMeta } from "@/lib/page-meta";
import { people } from "@/messages/people";

export const generateMetadata = headOf((locale) => pageMeta(locale, people[locale].loginLinkTitle));

export default function LoginLink() {
  return <LoginLinkView />;
}
