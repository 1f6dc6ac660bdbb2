import { href, type Locale, otherLocale } from "@/lib/i18n";
import { common } from "@/messages/common";
import { ButtonLink } from "../ui/button";
import { Page, PageHeader } from "../ui/page";

/** In the language of the address, and below in the other one. */
export function NotFoundView({ locale }: { locale: Locale }) {
  const other = otherLocale(locale);
  const [here, there] = [common[locale], common[other]];
  return (
    <Page>
      <PageHeader title={here.notFoundTitle} lead={here.notFoundHint} />
      <ButtonLink href={href(locale, "/events/")}>{here.seeEvents}</ButtonLink>
      <div lang={other} className="mt-12 space-y-3">
        <p className="text-2xl font-bold">{there.notFoundTitle}</p>
        <p className="text-muted">{there.notFoundHint}</p>
        <ButtonLink variant="secondary" href={href(other, "/events/")}>
          {there.seeEvents}
        </ButtonLink>
      </div>
    </Page>
  );
}
