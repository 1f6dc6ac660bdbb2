import type { Locale } from "@/lib/i18n";
import { legal } from "@/messages/legal";
import { Page, PageHeader } from "../ui/page";

export function LegalView({ locale, about }: { locale: Locale; about: "terms" | "privacy" }) {
  const t = legal[locale];
  return (
    <Page>
      <PageHeader title={about === "terms" ? t.termsTitle : t.privacyTitle} />
      <div className="space-y-6">
        {t[about].map(([heading, text]) => (
          <section key={heading}>
            <h2 className="text-lg font-bold">{heading}</h2>
            <p className="mt-1">{text}</p>
          </section>
        ))}
      </div>
    </Page>
  );
}
