import { ForgotView } from "@/components/people/forgot-view";
import { headOf, pageMeta } from "@/lib/page-meta";
import { people } from "@/messages/people";

export const generateMetadata = headOf((locale) => pageMeta(locale, people[locale].forgotTitle));

export default function Forgot() {
  return <ForgotView />;
}
