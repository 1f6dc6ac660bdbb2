import { AccountView } from "@/components/people/account-view";
import { pageMeta } from "@/lib/page-meta";
import { account } from "@/messages/account";

export const metadata = pageMeta("en", account.en.title);

export default function Account() {
  return <AccountView />;
}
