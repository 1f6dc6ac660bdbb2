import { describe, expect, it } from "vitest";
import { complimentary, event as eventSchema, ticketType } from "@/components/admin/events/schemas";
import {
  blankEvent,
  blankType,
  eventBody,
  eventValues,
  readNames,
  typeBody,
  typeValues,
} from "@/components/admin/events/values";
import type { Schemas } from "@/lib/api";
import { LOCALES } from "@/lib/i18n";

const CHICAGO = "America/Chicago";
const KIND: Schemas["TicketTypeAdmin"] = {
  id: "t1",
  name: { en: "Adult", bn: "প্রাপ্তবয়স্ক" },
  outdated: [],
  price_cents: 3550,
  capacity: 200,
  kept_back: 4,
  held: 1,
  sold: 20,
  sale_starts_at: null,
  sale_ends_at: "2026-12-05T05:59:30Z",
  min_per_order: 1,
  max_per_order: 10,
  position: 2,
  hidden: true,
  version: 3,
};
const TEXTS = {
  title: { en: "Durga Pujo", bn: "দুর্গাপূজা" },
  summary: { en: "", bn: "" },
  description: { en: "## Programme", bn: "" },
  refund_policy: { en: "", bn: "" },
  time_zone: CHICAGO,
  venue: "Hall",
  address: "",
};
const EVENT: Schemas["EventAdmin"] = {
  ...TEXTS,
  id: "e1",
  slug: "durga-pujo",
  outdated: [],
  status: "draft",
  starts_at: "2026-12-05T23:30:00Z",
  ends_at: "2026-12-06T05:00:00Z",
  currency: "USD",
  cover: null,
  version: 1,
  created_at: "2026-01-01T00:00:00Z",
  updated_at: "2026-01-01T00:00:00Z",
  published_at: null,
  canceled_at: null,
  ticket_types: [KIND],
  cancellation: null,
};

describe("an event in its form", () => {
  it("shows the clock of its own zone, and comes back unchanged", () => {
    const values = eventValues(EVENT);
    expect([values.starts_at, values.ends_at]).toEqual(["2026-12-05T17:30", "2026-12-05T23:00"]);
    expect(eventSchema(LOCALES).parse(values)).toEqual(values);
    const { starts_at, ends_at, slug } = EVENT;
    expect(eventBody(values, EVENT, LOCALES)).toEqual({
      ...TEXTS,
      slug,
      starts_at,
      ends_at,
    });
  });

  it("keeps its wall clock when the zone is corrected", () => {
    const values = { ...eventValues(EVENT), time_zone: "America/New_York" };
    expect(eventBody(values, EVENT, LOCALES).starts_at).toBe("2026-12-05T22:30:00Z");
  });

  it("leaves the address of the page to the server when it is empty", () => {
    expect(eventBody({ ...eventValues(EVENT), slug: "" }, null, LOCALES).slug).toBeNull();
  });
});

const issues = (result: { error?: { issues: { path: PropertyKey[]; message: string }[] } }) =>
  (result.error?.issues ?? []).map(({ path, message }) => [path.join("."), message]);

describe("the check of an event", () => {
  it("names what a new one lacks", () => {
    expect(issues(eventSchema(LOCALES).safeParse(blankEvent(CHICAGO)))).toEqual(
      expect.arrayContaining([
        ["title.en", "title_missing"],
        ["venue", "venue_missing"],
      ]),
    );
    const noTime = { ...eventValues(EVENT), starts_at: "" };
    expect(issues(eventSchema(LOCALES).safeParse(noTime))).toEqual([["starts_at", "starts_bad"]]);
  });

  it.each([
    [{ starts_at: "2027-03-14T02:30", ends_at: "2027-03-14T05:00" }, "starts_at", "starts_bad"],
    [{ ends_at: "2026-12-05T17:30" }, "ends_at", "time_order"],
    [{ time_zone: "Oklahoma" }, "time_zone", "zone_bad"],
    [{ slug: "Durga Pujo" }, "slug", "slug_bad"],
    [{ summary: { en: "x".repeat(301) } }, "summary.en", "too_long"],
    [{ title: { en: " ", bn: "দুর্গাপূজা" } }, "title.en", "title_missing"],
  ])("refuses %o", (change, field, message) => {
    const result = eventSchema(LOCALES).safeParse({ ...eventValues(EVENT), ...change });
    expect(issues(result)).toEqual([[field, message]]);
  });
});

describe("a ticket type in its form", () => {
  it("comes back unchanged, to the cent and the second", () => {
    const values = typeValues(KIND, EVENT);
    expect(values).toMatchObject({ price: "35.50", sale_ends_at: "2026-12-04T23:59" });
    expect(ticketType(EVENT, LOCALES).parse(values)).toEqual(values);
    const { id, held, sold, version, outdated, ...content } = KIND;
    expect(typeBody(values, EVENT, KIND, LOCALES)).toEqual({ ...content, still_right: [] });
  });

  it.each([
    [{ price: "0.49" }, "price", "price_small"],
    [{ price: "free" }, "price", "price_bad"],
    [{ capacity: "many" }, "capacity", "capacity_bad"],
    [{ kept_back: "201" }, "kept_back", "kept_back_high"],
    [{ min_per_order: "0" }, "min_per_order", "per_order_bad"],
    [{ min_per_order: "5", max_per_order: "4" }, "max_per_order", "most_below_least"],
    [{ sale_starts_at: "2026-12-05T00:00" }, "sale_ends_at", "time_order"],
  ])("refuses %o", (change, field, message) => {
    const result = ticketType(EVENT, LOCALES).safeParse({ ...typeValues(KIND, EVENT), ...change });
    expect(issues(result)[0]).toEqual([field, message]);
  });

  it("starts free of limits", () => {
    const values = { ...blankType(2), name: { en: "A", bn: "" }, price: "০", capacity: "২০" };
    expect(typeBody(ticketType(EVENT, LOCALES).parse(values), EVENT, null, LOCALES)).toMatchObject({
      price_cents: 0,
      capacity: 20,
      sale_starts_at: null,
      sale_ends_at: null,
      position: 2,
    });
  });
});

describe("complimentary tickets", () => {
  it("take one name a line", () => {
    expect(readNames(" Ananya Sen \n\n রবি \r\n")).toEqual(["Ananya Sen", "রবি"]);
  });

  it("need one to twenty names", () => {
    const asked = { ticket_type_id: "t1", name: "A", email: "a@example.org", locale: "en" };
    const check = (attendees: string) =>
      complimentary.safeParse({ ...asked, attendees, from_kept_back: false }).success;
    expect(["", "A", "A\n".repeat(20), "A\n".repeat(21)].map(check)).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});
