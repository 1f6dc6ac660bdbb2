import { LegalView } from "@/components/legal/legal-view";
import { pageMeta } from "@/lib/page-meta";
import { legal } from "@/messages/legal";

export const metadata = pageMeta("en", legal.en.termsTitle, { listed: true });

export default function Terms() {
  return <LegalView locale="en" about="terms" />;
}
