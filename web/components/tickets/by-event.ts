import type { Schemas } from "@/lib/api";

type Ticket = Schemas["Ticket"];

export interface EventTickets {
  event: Ticket["event"];
  tickets: Ticket[];
}

/** The tickets of each event together: what is coming first, soonest first; then the past, newest first. */
export function byEvent(tickets: Ticket[], nowMs: number) {
  const groups = new Map<string, EventTickets>();
  for (const ticket of tickets) {
    const group = groups.get(ticket.event.id) ?? { event: ticket.event, tickets: [] };
    group.tickets.push(ticket);
    groups.set(ticket.event.id, group);
  }
  const soonest = [...groups.values()].sort(
    (one, other) => Date.parse(one.event.starts_at) - Date.parse(other.event.starts_at),
  );
  const over = ({ event }: EventTickets) => Date.parse(event.ends_at) < nowMs;
  return {
    upcoming: soonest.filter((group) => !over(group)),
    past: soonest.filter(over).reverse(),
  };
}

/** Order id and number of each order, in the order of its first ticket. */
export function ordersOf(tickets: Ticket[]): { id: string; number: string; count: number }[] {
  const orders = new Map<string, { id: string; number: string; count: number }>();
  for (const { order_id: id, order_number: number } of tickets) {
    orders.set(id, { id, number, count: (orders.get(id)?.count ?? 0) + 1 });
  }
  return [...orders.values()];
}
