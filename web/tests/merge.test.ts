import { expect, it } from "vitest";
import { merge } from "@/lib/merge";

it("keeps what I typed, takes what they changed, and names what both did", () => {
  const base = { title: "Pujo", venue: "Hall", city: "OKC", slug: "pujo", note: "" };
  const mine = { ...base, title: "Durga Pujo", venue: "Park", note: "bring shoes" };
  const theirs = { ...base, venue: "Temple", city: "Tulsa", note: "bring shoes" };
  expect(merge(base, mine, theirs)).toEqual({
    values: { ...mine, city: "Tulsa" },
    clashes: ["venue"],
  });
});

it("changes nothing when nobody else wrote", () => {
  const base = { title: "Pujo" };
  expect(merge(base, { title: "Mela" }, base)).toEqual({ values: { title: "Mela" }, clashes: [] });
});
