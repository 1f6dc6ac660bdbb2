import { AccountView } from "@/components/people/account-view";
import { pageMeta } from "@/lib/page-meta";
import { account } from "@/messages/account";

export const metadata = pageMeta("bn", account.bn.title);

export default function Account() {
  return <AccountView />;
}
