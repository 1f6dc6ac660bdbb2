import { ScanView } from "@/components/door/scan-view";
import { pageMeta } from "@/lib/page-meta";
import { door } from "@/messages/door";

export const metadata = pageMeta("en", door.en.title);

export default function Scan() {
  return <ScanView />;
}
