import { describe, expect, it } from "vitest";
import {
  type Choices,
  fewer,
  formFields,
  issues,
  more,
  orderLines,
  seats,
  startChoices,
  totals,
} from "@/components/checkout/cart";
import type { Schemas } from "@/lib/api";

type TicketType = Schemas["TicketType"];

const type = (id: string, change: Partial<TicketType> = {}): TicketType => ({
  id,
  name: { en: id },
  price_cents: 1500,
  availability: "available",
  sale_starts_at: null,
  sale_ends_at: null,
  min_per_order: 1,
  max_per_order: 10,
  ...change,
});
const TYPES = [type("adult", { price_cents: 3500 }), type("child", { availability: "few_left" })];
const CHOICES: Choices = {
  adult: { quantity: 2, attendees: [" Ananya Sen ", "Arnab Sen", "left over"] },
  child: { quantity: 1, attendees: ["Tuli"] },
};

describe("quantities", () => {
  it("go from none straight to the least that may be ordered, and back", () => {
    const pairs = type("pair", { min_per_order: 2, max_per_order: 4 });
    expect(more(pairs, 0, 0)).toBe(2);
    expect(more(pairs, 4, 4)).toBe(4);
    expect(fewer(pairs, 3)).toBe(2);
    expect(fewer(pairs, 2)).toBe(0);
  });

  it("stop at twenty seats over all types", () => {
    expect(more(type("a", { max_per_order: 20 }), 3, 19)).toBe(4);
    expect(more(type("a", { max_per_order: 20 }), 3, 20)).toBe(3);
  });
});

describe("totals", () => {
  it("add prices in cents", () => {
    expect(totals(TYPES, CHOICES)).toEqual({ seats: 3, cents: 8500 });
  });

  it("leave out what was sold out meanwhile", () => {
    const gone = [type("adult", { availability: "sold_out" }), type("child")];
    expect(totals(gone, CHOICES)).toEqual({ seats: 1, cents: 1500 });
  });
});

describe("the first choice", () => {
  it("is the type of the link", () => {
    expect(startChoices(TYPES, {}, "child").child?.quantity).toBe(1);
    expect(startChoices(TYPES, {}, "child").adult?.quantity).toBe(0);
  });

  it("is the only type there is, and none of several", () => {
    expect(startChoices([type("only")], {}, null).only?.quantity).toBe(1);
    expect(totals(TYPES, startChoices(TYPES, {}, null)).seats).toBe(0);
  });

  it("is the kept draft, whatever the link says", () => {
    expect(startChoices(TYPES, CHOICES, "child")).toEqual(CHOICES);
  });
});

describe("an order", () => {
  it("has a line a type, with trimmed names, as many as seats", () => {
    expect(orderLines(TYPES, CHOICES)).toEqual([
      { ticket_type_id: "adult", quantity: 2, attendees: ["Ananya Sen", "Arnab Sen"] },
      { ticket_type_id: "child", quantity: 1, attendees: ["Tuli"] },
    ]);
  });

  it("asks for one name a seat", () => {
    expect(seats(TYPES, CHOICES).map(({ path }) => path)).toEqual([
      "choices.adult.attendees.0",
      "choices.adult.attendees.1",
      "choices.child.attendees.0",
    ]);
  });

  it("needs a ticket, and a name for each", () => {
    expect(issues(TYPES, {})).toEqual([
      { path: ["adult", "quantity"], message: "tickets_missing" },
    ]);
    const nameless = { ...CHOICES, adult: { quantity: 2, attendees: ["Ananya", " "] } };
    expect(issues(TYPES, nameless)).toEqual([
      { path: ["adult", "attendees", "1"], message: "attendee_missing" },
    ]);
    expect(issues(TYPES, CHOICES)).toEqual([]);
  });

  it("takes ten kinds at most, as the server does", () => {
    const many = Array.from({ length: 11 }, (_, place) => type(`kind${place}`));
    const one = { quantity: 1, attendees: ["Tuli"] };
    const all = Object.fromEntries(many.map(({ id }) => [id, one]));
    expect(issues(many, all)).toEqual([{ path: ["kind0", "quantity"], message: "types_many" }]);
    expect(issues(many.slice(1), all)).toEqual([]);
  });

  it("shows what the server says of a line at the field it came from", () => {
    const few = { code: "per_order", detail: "Choose 1 to 4", least: 1, most: 4 };
    const long = { code: "too_long", detail: "Too long", most: 100 };
    const bad = { code: "bad_format", detail: "x" };
    const said = { "lines.1.quantity": few, "lines.0.attendees.1": long, id: bad };
    expect(formFields(said, orderLines(TYPES, CHOICES))).toEqual({
      "choices.child.quantity": few,
      "choices.adult.attendees.1": long,
      id: bad,
    });
  });
});
