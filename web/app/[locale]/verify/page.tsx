import { VerifyView } from "@/components/people/verify-view";
import { headOf, pageMeta } from "@/lib/page-meta";
import { people } from "@/messages/people";

export const generateMetadata = headOf((locale) => pageMeta(locale, people[locale].verifyTitle));

export default function Verify() {
  return <VerifyView />;
}
