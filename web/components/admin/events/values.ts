import { readPrice, readWhole, writePrice } from "@/lib/amounts";
import type { Schemas } from "@/lib/api";
import { LOCALES, type Words } from "@/lib/i18n";
import { keepInstant, toLocal } from "@/lib/zoned";
import { eachOf, type FieldName, type NameOf } from "./fields";

type Event = Schemas["EventAdmin"];
type TicketType = Schemas["TicketTypeAdmin"];

/** A text as a form holds it: every language of the build, empty where it is not written. */
export type TextValues = Record<string, string>;

/** An event as its form holds it: times are wall clock in its own zone. */
export type EventValues = Record<NameOf<"text">, TextValues> &
  Record<Exclude<FieldName, NameOf<"text">>, string> & {
    /** Paths of translations that were read again: `title.bn`. */
    still_right: string[];
  };
type EventBody = Omit<Schemas["EventCreateIn"], "id">;

export const textValues = (words: Words): TextValues =>
  Object.fromEntries(LOCALES.map((language) => [language, words[language] ?? ""]));

/** What is sent of a text: the languages of this site. */
export const textBody = (values: TextValues, locales: readonly string[]): TextValues =>
  Object.fromEntries(locales.map((language) => [language, values[language] ?? ""]));

export function blankEvent(timeZone: string): EventValues {
  return {
    ...eachOf("text", () => textValues({})),
    ...eachOf("line", () => ""),
    ...eachOf("moment", () => ""),
    slug: "",
    time_zone: timeZone,
    still_right: [],
  };
}

export function eventValues(event: Event): EventValues {
  return {
    ...eachOf("text", (name) => textValues(event[name])),
    ...eachOf("line", (name) => event[name]),
    ...eachOf("moment", (name) => toLocal(event[name], event.time_zone)),
    slug: event.slug,
    time_zone: event.time_zone,
    still_right: [],
  };
}

/** What is sent of an event, new or not. `stored` keeps untouched times exact. */
export function eventBody(
  { still_right: _, ...values }: EventValues,
  stored: Event | null,
  locales: readonly string[],
): EventBody {
  const moment = (name: NameOf<"moment">) =>
    keepInstant(
      values[name],
      values.time_zone,
      stored && { iso: stored[name], timeZone: stored.time_zone },
    ) ?? "";
  return {
    ...values,
    ...eachOf("text", (name) => textBody(values[name], locales)),
    ...eachOf("moment", moment),
    slug: values.slug || null,
  };
}

const WHOLES = ["capacity", "kept_back", "min_per_order", "max_per_order", "position"] as const;
const WINDOW = ["sale_starts_at", "sale_ends_at"] as const;

/** A ticket type as its form holds it: money in whole units, times in the event's zone. */
export type TypeValues = Record<
  "price" | (typeof WHOLES)[number] | (typeof WINDOW)[number],
  string
> & { name: TextValues; still_right: string[]; hidden: boolean };
type TypeBody = Omit<Schemas["TicketTypeIn"], "version">;

export function blankType(position: number): TypeValues {
  return {
    name: textValues({}),
    still_right: [],
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
    name: textValues(kind.name),
    still_right: [],
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
  locales: readonly string[],
): TypeBody {
  const whole = (name: (typeof WHOLES)[number]) => readWhole(values[name]) ?? 0;
  const moment = (name: (typeof WINDOW)[number]) => {
    const iso = stored?.[name];
    return values[name] && keepInstant(values[name], timeZone, iso ? { iso, timeZone } : null);
  };
  return {
    name: textBody(values.name, locales),
    still_right: values.still_right,
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
