import { CheckoutView } from "@/components/checkout/checkout-view";
import { headOf, pageMeta } from "@/lib/page-meta";
import { checkout } from "@/messages/checkout";

export const generateMetadata = headOf((locale) => pageMeta(locale, checkout[locale].title));

export default function Checkout() {
  return <CheckoutView />;
}
