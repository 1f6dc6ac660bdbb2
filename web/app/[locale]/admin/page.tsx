import { OverviewView } from "@/components/admin/overview/overview-view";
import { headOf, pageMeta } from "@/lib/page-meta";
import { adminOverview } from "@/messages/admin-overview";

export const generateMetadata = headOf((locale) => pageMeta(locale, adminOverview[locale].title));

export default function Overview() {
  return <OverviewView />;
}
