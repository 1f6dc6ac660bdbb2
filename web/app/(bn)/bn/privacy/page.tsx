import { LegalView } from "@/components/legal/legal-view";
import { pageMeta } from "@/lib/page-meta";
import { legal } from "@/messages/legal";

export const metadata = pageMeta("bn", legal.bn.privacyTitle, { listed: true });

export default function Privacy() {
  return <LegalView locale="bn" about="privacy" />;
}
