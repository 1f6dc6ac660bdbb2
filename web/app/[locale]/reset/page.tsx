import { ResetView } from "@/components/people/reset-view";
import { headOf, pageMeta } from "@/lib/page-meta";
import { people } from "@/messages/people";

export const generateMetadata = headOf((locale) => pageMeta(locale, people[locale].resetTitle));

export default function Reset() {
  return <ResetView />;
}
