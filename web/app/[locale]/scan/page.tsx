import { ScanView } from "@/components/door/scan-view";
import { headOf, pageMeta } from "@/lib/page-meta";
import { door } from "@/messages/door";

export const generateMetadata = headOf((locale) => pageMeta(locale, door[locale].title));

export default function Scan() {
  return <ScanView />;
}
