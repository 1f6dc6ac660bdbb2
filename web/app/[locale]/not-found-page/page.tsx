import { NotFoundView } from "@/components/layout/not-found-view";
import { headOf, localeOf, type PageProps, pageMeta } from "@/lib/page-meta";
import { common } from "@/messages/common";

export const generateMetadata = headOf((locale) => pageMeta(locale, common[locale].notFoundTitle));

/** `scripts/postbuild.py` makes it `404.html`, which answers every unknown address. */
export default async function NotFound({ params }: PageProps) {
  return <NotFoundView locale={await localeOf(params)} />;
}
