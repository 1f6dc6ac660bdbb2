import { AccountView } from "@/components/people/account-view";
import { headOf, pageMeta } from "@/lib/page-meta";
import { account } from "@/messages/account";

export const generateMetadata = headOf((locale) => pageMeta(locale, account[locale].title));

export default function Account() {
  return <AccountView />;
}
