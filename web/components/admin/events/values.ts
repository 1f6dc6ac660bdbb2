import { readPrice, readWhole, writePrice } from "@/lib/amounts";
import type { Schemas } from "@/lib/api";
import { keepInstant, toLocal } from "@/lib/zoned";

type Event = Schemas["EventAdmin"];
type TicketType = Schemas["TicketTypeAdmin"];

const TEXTS = [
  "title_en",
  "title_bn",
  "summary_en",
  "summary_bn",
  "description_en",
  "description_bn",
  "refund_policy_en",
  "refund_policy_bn",
  "time_zone",
  "venue",
  "address",
] as const;

/** An event as its form holds it: times are wall clock in its own zone. */
export type EventValues = Record<(typeof TEXTS)[number] | "slug" | "starts_at" | "ends_at", string>;
type EventBody = Omit<Schemas["EventUpdateIn"], "version">;

export function blankEvent(timeZone: string): EventValues {
  const texts = Object.fromEntries(TEXTS.map((name) => [name, ""]));
  return { ...texts, slug: "", starts_at: "", ends_at: "", time_zone: timeZone } as EventValues;
}

export function eventValues(event: Event): EventValues {
  const texts = Object.fromEntries(TEXTS.map((name) => [name, event[name]]));
  return {
    ...texts,
    slug: event.slug,
    starts_at: toLocal(event.starts_at, event.time_zone),
    ends_at: toLocal(event.ends_at, event.time_zone),
  } as EventValues;
}

/** What is sent; `values` have passed the schema. `stored` keeps untouched times exact. */
export function eventBody(values: EventValues, stored: Event | null): EventBody {
  const { slug, ...rest } = values;
  const moment = (name: "starts_at" | "ends_at") =>
    keepInstant(
      values[name],
      values.time_zone,
      stored && { iso: stored[name], timeZone: stored.time_zone },
    ) ?? "";
  return {
    ...rest,
    slug: slug || null,
    starts_at: moment("starts_at"),
    ends_at: moment("ends_at"),
  };
}

const WHOLES = ["capacity", "kept_back", "min_per_order", "max_per_order", "position"] as const;
const WINDOW = ["sale_starts_at", "sale_ends_at"] as const;

/** A ticket type as its form holds it: money in whole units, times in the event's zone. */
export type TypeValues = Record<
  "name_en" | "name_bn" | "price" | (typeof WHOLES)[number] | (typeof WINDOW)[number],
  string
> & { hidden: boolean };
type TypeBody = Omit<Schemas["TicketTypeIn"], "version">;

export function blankType(position: number): TypeValues {
  return {
    name_en: "",
    name_bn: "",
    price: "",
    capacity: "",
    kept_back: "0",
    sale_starts_at: "",
    sale_ends_at: "",
    min_per_order: "1",
    max_per_order: "10",
    position: String(position),
    hidden: false,
  };
}

export function typeValues(
  kind: TicketType,
  { time_zone, currency }: Pick<Event, "time_zone" | "currency">,
): TypeValues {
  const local = (iso: string | null) => (iso ? toLocal(iso, time_zone) : "");
  return {
    name_en: kind.name_en,
    name_bn: kind.name_bn,
    price: writePrice(kind.price_cents, currency),
    capacity: String(kind.capacity),
    kept_back: String(kind.kept_back),
    sale_starts_at: local(kind.sale_starts_at),
    sale_ends_at: local(kind.sale_ends_at),
    min_per_order: String(kind.min_per_order),
    max_per_order: String(kind.max_per_order),
    position: String(kind.position),
    hidden: kind.hidden,
  };
}

/** What is sent; `values` have passed the schema. */
export function typeBody(
  values: TypeValues,
  { time_zone: timeZone, currency }: Pick<Event, "time_zone" | "currency">,
  stored: TicketType | null,
): TypeBody {
  const whole = (name: (typeof WHOLES)[number]) => readWhole(values[name]) ?? 0;
  const moment = (name: (typeof WINDOW)[number]) => {
    const iso = stored?.[name];
    return values[name] && keepInstant(values[name], timeZone, iso ? { iso, timeZone } : null);
  };
  return {
    name_en: values.name_en,
    name_bn: values.name_bn,
    price_cents: readPrice(values.price, currency) ?? 0,
    capacity: whole("capacity"),
    kept_back: whole("kept_back"),
    sale_starts_at: moment("sale_starts_at") || null,
    sale_ends_at: moment("sale_ends_at") || null,
    min_per_order: whole("min_per_order"),
    max_per_order: whole("max_per_order"),
    position: whole("position"),
    hidden: values.hidden,
  };
}

/** One name a line; empty lines do not count. */
export function readNames(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}
