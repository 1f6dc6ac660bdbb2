import { describe, expect, it } from "vitest";
import { readPrice, readWhole, writePrice } from "@/lib/amounts";

describe("a price", () => {
  it.each([
    ["35", 3500],
    ["35.5", 3550],
    ["$35.00", 3500],
    [" 0 ", 0],
    ["0.29", 29],
    ["1.15", 115],
    ["1,200.05", 120_005],
    ["৩৫.৫০", 3550],
  ])("%j is %d cents", (text, cents) => {
    expect(readPrice(text, "USD")).toBe(cents);
  });

  it.each(["", "35,50", "35.505", "-1", "1e3", "12,00", "free", "9999999999"])(
    "refuses %j",
    (text) => {
      expect(readPrice(text, "USD")).toBeNull();
    },
  );

  it("is whole where the currency has no cents", () => {
    expect(["1500", "¥1,500", "12.50"].map((text) => readPrice(text, "JPY"))).toEqual([
      1500,
      1500,
      null,
    ]);
    expect(writePrice(1500, "JPY")).toBe("1500");
  });

  it("is whole, and counted in hundredths, where Stripe counts coins that are no more", () => {
    expect(readPrice("5,000", "ISK")).toBe(500_000);
    expect(readPrice("1000", "UGX")).toBe(100_000);
    expect(readPrice("10.50", "ISK")).toBeNull();
    expect(writePrice(500_000, "ISK")).toBe("5000");
  });

  it("has cents where CLDR shows none and Stripe counts them", () => {
    expect(readPrice("10.50", "LAK")).toBe(1050);
  });

  it("comes back exactly from what a field shows", () => {
    const cents = Array.from({ length: 20_000 }, (_, index) => index);
    expect(
      cents.filter((amount) => readPrice(writePrice(amount, "USD"), "USD") !== amount),
    ).toEqual([]);
  });
});

describe("a whole number", () => {
  it("takes Latin and Bangla digits", () => {
    expect([readWhole("200"), readWhole("২০০"), readWhole("1,000")]).toEqual([200, 200, 1000]);
  });

  it.each(["", "1.5", "-2", "ten"])("refuses %j", (text) => {
    expect(readWhole(text)).toBeNull();
  });
});
