import { expect, it } from "vitest";
import { priceRange } from "@/components/events/prices";

it.each([
  [1500, 1500, "$15.00", "$১৫.০০"],
  [0, 0, "Free", "বিনামূল্যে"],
  [0, 500, "Free – $5.00", "বিনামূল্যে – $৫.০০"],
  [700, 1500, "$7.00 – $15.00", "$৭.০০ – $১৫.০০"],
  [null, null, "", ""],
])("from %s to %s cents is %s", (from_cents, to_cents, en, bn) => {
  const event = { from_cents, to_cents, currency: "USD" };
  expect([priceRange(event, "en"), priceRange(event, "bn")]).toEqual([en, bn]);
});
