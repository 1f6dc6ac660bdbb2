import { RegisterView } from "@/components/people/register-view";
import { headOf, pageMeta } from "@/lib/page-meta";
import { people } from "@/messages/people";

export const generateMetadata = headOf((locale) => pageMeta(locale, people[locale].registerTitle));

export default function Register() {
  return <RegisterView />;
}
