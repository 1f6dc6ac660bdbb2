import { AuditView } from "@/components/admin/audit/audit-view";
import { pageMeta } from "@/lib/page-meta";
import { adminAudit } from "@/messages/admin-audit";

export const metadata = pageMeta("bn", adminAudit.bn.title);

export default function Audit() {
  return <AuditView />;
}
