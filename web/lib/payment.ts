import { api, type Schemas } from "./api";
import { unwrap } from "./problem";
import { tabStore } from "./storage";

type Payment = Schemas["Payment"];

/** An order, and the key of its mailed link when the reader came by that. */
export interface OrderAccess {
  id: string;
  key: string | null;
}

/** Path and header of every request about one order. */
export const orderParams = ({ id, key }: OrderAccess) => ({
  path: { order_id: id },
  header: key ? { "Order-Key": key } : {},
});

/**
 * Asks for the payment page until its address is there. `onPlace` hears the place in line.
 *
 * Every question is a step of the same command, so asking again after a failure is harmless.
 */
export async function paymentUrl(
  ask: () => Promise<Payment>,
  onPlace: (place: number) => void,
  wait: (seconds: number) => Promise<void> = sleep,
): Promise<string> {
  for (;;) {
    const { url, place, retry_after_seconds } = await ask();
    if (url) return url;
    onPlace(place ?? 0);
    await wait(retry_after_seconds ?? 2);
  }
}

const sleep = (seconds: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, seconds * 1000));

const PAYING = "bashi.paying";

/** Opens the payment page of an order; ends when the reader has come back to this page. */
export async function pay(order: OrderAccess, onPlace: (place: number) => void): Promise<void> {
  const ask = () => unwrap(api.POST("/orders/{order_id}/payment", { params: orderParams(order) }));
  const url = await paymentUrl(ask, onPlace);
  tabStore.set(PAYING, order.id);
  await leave(url);
  forgetPaying();
}

/** Whether the payment page of this order was opened in this tab. */
export const wasPaying = (orderId: string): boolean => tabStore.get(PAYING) === orderId;

export function forgetPaying(): void {
  tabStore.remove(PAYING);
}

/** A page that the browser kept alive comes back as it was left, so it must not stay busy. */
export function leave(url: string): Promise<void> {
  location.assign(url);
  return new Promise((resolve) => {
    addEventListener("pageshow", ({ persisted }) => persisted && resolve(), { once: true });
  });
}
