import { LegalView } from "@/components/legal/legal-view";
import { pageMeta } from "@/lib/page-meta";
import { legal } from "@/messages/legal";

export const metadata = pageMeta("bn", legal.bn.termsTitle, { listed: true });

export default function Terms() {
  return <LegalView locale="bn" about="terms" />;
}
