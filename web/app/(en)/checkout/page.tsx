import { CheckoutView } from "@/components/checkout/checkout-view";
import { pageMeta } from "@/lib/page-meta";
import { checkout } from "@/messages/checkout";

export const metadata = pageMeta("en", checkout.en.title);

export default function Checkout() {
  return <CheckoutView />;
}
