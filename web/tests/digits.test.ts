import { expect, it } from "vitest";
import { latinDigits } from "@/lib/digits";

it.each([
  ["০১২৩৪৫৬৭৮৯", "0123456789"],
  ["０１２３４５６７８９", "0123456789"],
  ["٠١٢٣٤٥٦٧٨٩", "0123456789"],
  ["०१२३४५६७८९", "0123456789"],
  ["𝟎𝟗", "09"],
  ["XPND৭QHS৯P", "XPND7QHS9P"],
  ["ＸＰＮＤ", "XPND"],
  ["", ""],
])("%s is %s", (typed, read) => {
  expect(latinDigits(typed)).toBe(read);
});

it("reads the digits of every script", () => {
  const all = Array.from({ length: 0x1ffff }, (_, code) => code)
    .filter((code) => code < 0xd800 || code > 0xdfff)
    .map((code) => String.fromCodePoint(code))
    .filter((sign) => /\p{Nd}/u.test(sign));
  expect(all.length % 10).toBe(0);
  expect(latinDigits(all.join(""))).toBe("0123456789".repeat(all.length / 10));
});
