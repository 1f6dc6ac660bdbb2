import { describe, expect, it } from "vitest";
import { orderAccess } from "@/components/orders/access";
import { stageOf } from "@/components/orders/stage";
import { byEvent, ordersOf } from "@/components/tickets/by-event";
import type { Schemas } from "@/lib/api";
import { paymentUrl } from "@/lib/payment";

describe("an order's address", () => {
  it("is the mailed link's id and key, before the query's id", () => {
    expect(orderAccess("?id=other", "abc.k.e-y")).toEqual({ id: "abc", key: "k.e-y" });
    expect(orderAccess("?id=abc&canceled=1", "")).toEqual({ id: "abc", key: null });
  });

  it("is none when it was cut short", () => {
    expect(orderAccess("", "abc")).toBeNull();
    expect(orderAccess("", "abc.")).toBeNull();
  });
});

describe("the stage of a pending order", () => {
  const pending = { status: "pending" } as const;
  it("waits for the news only after the payment page was open and not left", () => {
    expect(stageOf(pending, { paying: true, unpaid: false })).toBe("checking");
    expect(stageOf(pending, { paying: true, unpaid: true })).toBe("unpaid");
    expect(stageOf(pending, { paying: false, unpaid: false })).toBe("unpaid");
  });

  it("is the server's word for all others", () => {
    expect(stageOf({ status: "paid" }, { paying: true, unpaid: true })).toBe("paid");
  });
});

describe("the payment page", () => {
  it("is asked for until it is there, as often as the server says", async () => {
    const wait = { status: "waiting", url: null } as const;
    const answers = [
      { ...wait, place: 40, retry_after_seconds: 2 },
      { ...wait, place: 0, retry_after_seconds: null },
      {
        status: "ready" as const,
        url: "https://pay.test/1",
        place: null,
        retry_after_seconds: null,
      },
    ];
    const [places, waits]: [number[], number[]] = [[], []];
    const url = await paymentUrl(
      async () => answers.shift() as (typeof answers)[number],
      (place) => places.push(place),
      async (seconds) => void waits.push(seconds),
    );
    expect(url).toBe("https://pay.test/1");
    expect(places).toEqual([40, 0]);
    expect(waits).toEqual([2, 2]);
  });
});

type Ticket = Schemas["Ticket"];
const ticket = (event: string, starts: string, order: string): Ticket =>
  ({
    event: { id: event, starts_at: starts, ends_at: starts.replace("T18", "T22") },
    order_id: order,
    order_number: `#${order}`,
  }) as Ticket;

describe("my tickets", () => {
  const tickets = [
    ticket("last year", "2025-10-01T18:00:00Z", "1"),
    ticket("spring", "2027-04-01T18:00:00Z", "2"),
    ticket("last week", "2026-11-20T18:00:00Z", "3"),
    ticket("tonight", "2026-11-27T18:00:00Z", "4"),
    ticket("tonight", "2026-11-27T18:00:00Z", "5"),
  ];

  it("stand by event: soonest first, the past newest first, an event under way among the coming", () => {
    const { upcoming, past } = byEvent(tickets, Date.parse("2026-11-27T20:00:00Z"));
    expect(upcoming.map(({ event }) => event.id)).toEqual(["tonight", "spring"]);
    expect(past.map(({ event }) => event.id)).toEqual(["last week", "last year"]);
    expect(upcoming[0]?.tickets).toHaveLength(2);
  });

  it("name each order once, with its number of tickets", () => {
    const [one] = tickets;
    expect(ordersOf([one, one, tickets[4]] as Ticket[])).toEqual([
      { id: "1", number: "#1", count: 2 },
      { id: "5", number: "#5", count: 1 },
    ]);
  });
});
