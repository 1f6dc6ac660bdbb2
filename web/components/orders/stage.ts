import type { Schemas } from "@/lib/api";

/** What the order's page is about just now. */
export type Stage =
  | "checking" // back from the payment page, the news of the payment is on its way
  | "unpaid"
  | "paid"
  | "refunding"
  | "refunded"
  | "expired"
  | "canceled";

interface Return {
  /** The payment page of this order was opened in this tab. */
  paying: boolean;
  /** The payment page sent the buyer back unpaid, or a link of this site leads to paying. */
  unpaid: boolean;
}

export function stageOf(order: Pick<Schemas["Order"], "status">, back: Return): Stage {
  if (order.status !== "pending") return order.status;
  return back.paying && !back.unpaid ? "checking" : "unpaid";
}

/** When to ask again for a pending order, in seconds: eager at first, about six minutes in all. */
export const POLL_SECONDS = [1, 1, 1, 2, 2, 3, 5, 5, 10, 10, 15, 15, 20, 20, 30, 30, 60, 60, 60];
