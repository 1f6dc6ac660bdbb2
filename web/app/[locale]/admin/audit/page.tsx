import { AuditView } from "@/components/admin/audit/audit-view";
import { headOf, pageMeta } from "@/lib/page-meta";
import { adminAudit } from "@/messages/admin-audit";

export const generateMetadata = headOf((locale) => pageMeta(locale, adminAudit[locale].title));

export default function Audit() {
  return <AuditView />;
}
