import type { ValidationKey } from "@/lib/say";
import type adminWords from "@/messages/en/admin-events";
import type eventWords from "@/messages/en/events";

export type Group = "details" | "whenWhere" | "policies";

interface Field {
  /** A text in each language, one line, a moment of the event's own zone; the zone; the address. */
  kind: "text" | "line" | "moment" | "zone" | "slug";
  group: Group;
  label: keyof typeof adminWords | keyof typeof eventWords;
  hint?: keyof typeof adminWords;
  /** The most characters, as in the API. */
  max?: number;
  /** What is said when it is missing; of a text, in the main language. Others may stay empty. */
  needed?: ValidationKey;
  /** Of a text of more than one line. */
  rows?: number;
}

/** The fields of an event, in the form's order: its values, checks and controls follow from here. */
export const FIELDS = {
  title: {
    kind: "text",
    group: "details",
    label: "textTitle",
    max: 120,
    needed: "title_missing",
  },
  summary: {
    kind: "text",
    group: "details",
    label: "textSummary",
    hint: "summaryHint",
    max: 300,
    rows: 3,
  },
  description: {
    kind: "text",
    group: "details",
    label: "textDescription",
    hint: "markdownHint",
    max: 20_000,
    rows: 8,
  },
  time_zone: { kind: "zone", group: "whenWhere", label: "zone", hint: "zoneHint" },
  starts_at: { kind: "moment", group: "whenWhere", label: "startsAt", needed: "starts_bad" },
  ends_at: { kind: "moment", group: "whenWhere", label: "endsAt", needed: "ends_bad" },
  venue: { kind: "line", group: "whenWhere", label: "venue", max: 120, needed: "venue_missing" },
  address: { kind: "line", group: "whenWhere", label: "address", hint: "addressHint", max: 300 },
  refund_policy: {
    kind: "text",
    group: "policies",
    label: "textPolicy",
    hint: "policyHint",
    max: 2000,
    rows: 3,
  },
  slug: { kind: "slug", group: "policies", label: "slug", hint: "slugHint", max: 80 },
} as const satisfies Record<string, Field>;

type Fields = typeof FIELDS;
export type FieldName = keyof Fields;
export type NameOf<Kind extends Field["kind"]> = {
  [Name in FieldName]: Fields[Name]["kind"] extends Kind ? Name : never;
}[FieldName];

/** A field as any of them: what it does not say is undefined. */
export const fieldOf = (name: FieldName): Field => FIELDS[name];

export const namesIn = (group: Group): FieldName[] =>
  (Object.keys(FIELDS) as FieldName[]).filter((name) => FIELDS[name].group === group);

export const namesOf = <Kind extends Field["kind"]>(kind: Kind): NameOf<Kind>[] =>
  (Object.keys(FIELDS) as NameOf<Kind>[]).filter((name) => FIELDS[name].kind === kind);

/** An entry for each field of a kind. */
export const eachOf = <Kind extends Field["kind"], Value>(
  kind: Kind,
  make: (name: NameOf<Kind>) => Value,
): Record<NameOf<Kind>, Value> =>
  Object.fromEntries(namesOf(kind).map((name) => [name, make(name)])) as Record<
    NameOf<Kind>,
    Value
  >;
