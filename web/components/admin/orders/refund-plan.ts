import type { Schemas } from "@/lib/api";

type Ticket = Pick<Schemas["Ticket"], "id" | "status" | "price_cents">;
type Order = Pick<Schemas["OrderAdmin"], "total_cents" | "refunded_cents"> & {
  tickets: readonly Ticket[] | null;
};

/** Tickets that still admit, or have admitted: what a refund can take back. */
export function refundable(order: Order, includeUsed: boolean): Ticket[] {
  const wanted = includeUsed ? ["valid", "used"] : ["valid"];
  return (order.tickets ?? []).filter(({ status }) => wanted.includes(status));
}

/**
 * What the server will give back for these tickets: the last ones take whatever is left of the
 * order, and never more than that.
 */
export function refundCents(order: Order, chosen: ReadonlySet<string>): number {
  const live = refundable(order, true);
  const picked = live.filter(({ id }) => chosen.has(id));
  const left = order.total_cents - order.refunded_cents;
  if (picked.length === live.length) return left;
  return Math.min(
    left,
    picked.reduce((sum, ticket) => sum + ticket.price_cents, 0),
  );
}
