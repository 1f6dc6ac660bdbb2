import { describe, expect, it } from "vitest";
import { ago, lasting } from "@/lib/ago";

const NOW = Date.parse("2026-12-05T12:00:00Z");
const earlier = (seconds: number) => new Date(NOW - seconds * 1000).toISOString();

describe("how long ago", () => {
  it.each([
    [3, "now"],
    [-20, "now"],
    [61, "1 minute ago"],
    [150, "2 minutes ago"],
    [7200, "2 hours ago"],
    [86_400, "yesterday"],
  ])("%d s is %s", (seconds, words) => {
    expect(ago(earlier(seconds), NOW, "en")).toBe(words);
  });

  it("speaks Bangla", () => {
    expect(ago(earlier(120), NOW, "bn")).toBe("২ মিনিট আগে");
  });
});

it("says how long something has waited", () => {
  expect([5, 150, 7300].map((seconds) => lasting(seconds, "en"))).toEqual([
    "5 sec",
    "2 min",
    "2 hr",
  ]);
});
