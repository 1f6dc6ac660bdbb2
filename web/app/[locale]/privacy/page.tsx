import { LegalView } from "@/components/legal/legal-view";
import { headOf, localeOf, type PageProps, pageMeta } from "@/lib/page-meta";
import { legal } from "@/messages/legal";

export const generateMetadata = headOf((locale) =>
  pageMeta(locale, legal[locale].privacyTitle, { listed: true }),
);

export default async function Privacy({ params }: PageProps) {
  return <LegalView locale={await localeOf(params)} about="privacy" />;
}
