import { OverviewView } from "@/components/admin/overview/overview-view";
import { pageMeta } from "@/lib/page-meta";
import { adminOverview } from "@/messages/admin-overview";

export const metadata = pageMeta("bn", adminOverview.bn.title);

export default function Overview() {
  return <OverviewView />;
}
