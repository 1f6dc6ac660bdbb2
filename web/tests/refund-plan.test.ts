import { describe, expect, it } from "vitest";
import { refundable, refundCents } from "@/components/admin/orders/refund-plan";

type Status = "valid" | "used" | "void";
const ticket = (id: string, price_cents: number, status: Status = "valid") => ({
  id,
  price_cents,
  status,
});
const order = (tickets: ReturnType<typeof ticket>[], refunded_cents = 0) => ({
  total_cents: tickets.reduce((sum, { price_cents }) => sum + price_cents, 0),
  refunded_cents,
  tickets,
});

describe("what a refund can take back", () => {
  const bought = order([ticket("a", 3500), ticket("b", 1500, "used"), ticket("c", 1500, "void")]);

  it("leaves used tickets out unless they are asked for, and void ones always", () => {
    expect(refundable(bought, false).map(({ id }) => id)).toEqual(["a"]);
    expect(refundable(bought, true).map(({ id }) => id)).toEqual(["a", "b"]);
  });

  it("has nothing before tickets are issued", () => {
    expect(refundable({ ...bought, tickets: null }, true)).toEqual([]);
  });
});

describe("how much goes back", () => {
  const bought = order([ticket("a", 3500), ticket("b", 3500), ticket("c", 1500)]);

  it("is the price of the chosen tickets", () => {
    expect(refundCents(bought, new Set(["a", "c"]))).toBe(5000);
    expect(refundCents(bought, new Set())).toBe(0);
  });

  it("is all that is left when the last tickets go", () => {
    expect(refundCents(bought, new Set(["a", "b", "c"]))).toBe(8500);
    const later = order([ticket("a", 3500, "void"), ticket("b", 3500), ticket("c", 1500)], 3000);
    expect(refundCents(later, new Set(["b", "c"]))).toBe(5500);
  });

  it("is never more than what is left", () => {
    const nearlyGone = order([ticket("a", 3500), ticket("b", 3500)], 6000);
    expect(refundCents(nearlyGone, new Set(["a"]))).toBe(1000);
  });
});
