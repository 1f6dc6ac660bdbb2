import { LegalView } from "@/components/legal/legal-view";
import { pageMeta } from "@/lib/page-meta";
import { legal } from "@/messages/legal";

export const metadata = pageMeta("en", legal.en.privacyTitle, { listed: true });

export default function Privacy() {
  return <LegalView locale="en" about="privacy" />;
}
