import type { Schemas } from "@/lib/api";
import { chars } from "@/lib/chars";
import type { Fault } from "@/lib/problem";
import type { ValidationKey } from "@/lib/say";
import { isOnSale } from "../events/availability";

type TicketType = Schemas["TicketType"];

/** How many of one ticket type, and for whom. Names outlive a lower quantity. */
export interface Choice {
  quantity: number;
  attendees: string[];
}
/** By id of the ticket type. */
export type Choices = Record<string, Choice>;

/** The server's limits of the same names. */
export const SEATS_PER_ORDER = 20;
const LINES_PER_ORDER = 10;
const NAME_CHARS = 100;

const onSale = (types: TicketType[]) => types.filter((type) => isOnSale(type.availability));

const quantityOf = (choices: Choices, type: TicketType): number => choices[type.id]?.quantity ?? 0;

/** What is chosen and can be bought now, with its types. */
function chosen(types: TicketType[], choices: Choices) {
  return onSale(types)
    .map((type) => ({ type, quantity: quantityOf(choices, type) }))
    .filter(({ quantity }) => quantity > 0);
}

export function totals(types: TicketType[], choices: Choices): { seats: number; cents: number } {
  const lines = chosen(types, choices);
  return {
    seats: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    cents: lines.reduce((sum, { type, quantity }) => sum + type.price_cents * quantity, 0),
  };
}

/** One step up: from none straight to the least that may be ordered. The same when full. */
export function more(type: TicketType, quantity: number, seats: number): number {
  const next = Math.max(quantity + 1, type.min_per_order);
  const fits = next <= type.max_per_order && seats - quantity + next <= SEATS_PER_ORDER;
  return fits ? next : quantity;
}

/** One step down: from the least that may be ordered to none. */
export function fewer(type: TicketType, quantity: number): number {
  return quantity > type.min_per_order ? quantity - 1 : 0;
}

/** The kept draft, else the type the link asks for, else the only one there is. */
export function startChoices(types: TicketType[], draft: Choices, wanted: string | null): Choices {
  const buyable = onSale(types);
  const first =
    buyable.find(({ id }) => id === wanted) ?? (buyable.length === 1 ? buyable[0] : null);
  const none = Object.keys(draft).length === 0;
  const fresh = (type: TicketType): Choice => ({
    quantity: none && type.id === first?.id ? type.min_per_order : 0,
    attendees: [],
  });
  return Object.fromEntries(types.map((type) => [type.id, draft[type.id] ?? fresh(type)]));
}

/** Every ticket of the order, as the path of its name in the form. */
export function seats(types: TicketType[], choices: Choices) {
  return chosen(types, choices).flatMap(({ type, quantity }) =>
    Array.from({ length: quantity }, (_, place) => ({
      type,
      path: `choices.${type.id}.attendees.${place}` as const,
    })),
  );
}

/** The lines of `POST /orders`. */
export function orderLines(types: TicketType[], choices: Choices): Schemas["LineIn"][] {
  return chosen(types, choices).map(({ type, quantity }) => ({
    ticket_type_id: type.id,
    quantity,
    attendees: names(choices, type, quantity),
  }));
}

function names(choices: Choices, type: TicketType, quantity: number): string[] {
  const given = choices[type.id]?.attendees ?? [];
  return Array.from({ length: quantity }, (_, place) => given[place]?.trim() ?? "");
}

interface Issue {
  path: string[];
  message: ValidationKey;
}

/** What is wrong with the choice, as field paths below `choices`. */
export function issues(types: TicketType[], choices: Choices): Issue[] {
  const { seats: count } = totals(types, choices);
  const path = [onSale(types)[0]?.id ?? "", "quantity"];
  if (count === 0) return [{ path, message: "tickets_missing" }];
  if (count > SEATS_PER_ORDER) return [{ path, message: "tickets_many" }];
  if (chosen(types, choices).length > LINES_PER_ORDER) return [{ path, message: "types_many" }];
  return chosen(types, choices).flatMap(({ type, quantity }) =>
    names(choices, type, quantity).flatMap((name, place): Issue[] => {
      const path = [type.id, "attendees", String(place)];
      if (!name) return [{ path, message: "attendee_missing" }];
      return chars(name) > NAME_CHARS ? [{ path, message: "name_long" }] : [];
    }),
  );
}

/** The server's names of fields (`lines.0.attendees.1`) as those of the form. */
export function formFields(
  fields: Record<string, Fault>,
  lines: Schemas["LineIn"][],
): Record<string, Fault> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, fault]) => {
      const [, place = "", rest] = /^lines\.(\d+)\.(.+)$/.exec(name) ?? [];
      const line = lines[Number(place)];
      return [rest && line ? `choices.${line.ticket_type_id}.${rest}` : name, fault];
    }),
  );
}
