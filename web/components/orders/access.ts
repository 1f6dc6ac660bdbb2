import { href, type Locale } from "@/lib/i18n";
import type { OrderAccess } from "@/lib/payment";

/** Which order an address means: `#ID.KEY` of a mailed link, else `?id=` for who is logged in. */
export function orderAccess(search: string, fragment: string): OrderAccess | null {
  const [id, key] = split(fragment);
  if (id && key) return { id, key };
  const asked = new URLSearchParams(search).get("id");
  return asked ? { id: asked, key: null } : null;
}

/** The page of an order that waits to be paid: it does not look for a payment that was not made. */
export const unpaidOrder = (locale: Locale, id: string): string =>
  `${href(locale, "/order/")}?id=${id}&unpaid=1`;

function split(fragment: string): [string, string] {
  const dot = fragment.indexOf(".");
  return dot < 0 ? ["", ""] : [fragment.slice(0, dot), fragment.slice(dot + 1)];
}
