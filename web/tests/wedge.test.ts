import { describe, expect, it } from "vitest";
import { Wedge } from "@/components/door/wedge";

const STEP_MS = 5;

/** What each key that ends something ends, with the keys `STEP_MS` apart. */
function ends(wedge: Wedge, keys: string[], startMs = 10_000): (string | null)[] {
  return keys
    .map((key, index) => [key, wedge.hear(key, startMs + index * STEP_MS)] as const)
    .filter(([key]) => key === "Enter" || key === "Tab")
    .map(([, text]) => text);
}

describe("a scanner that writes like a keyboard", () => {
  it("ends a code with Enter or Tab", () => {
    expect(ends(new Wedge(), [..."7KQ2M9XW4T", "Enter"])).toEqual(["7KQ2M9XW4T"]);
    expect(ends(new Wedge(), [..."7KQ2M9XW4T", "Tab"])).toEqual(["7KQ2M9XW4T"]);
  });

  it("holds Shift for capital letters", () => {
    const keys = ["Shift", "A", "b", "Shift", "C", "1", "2", "3", "Enter"];
    expect(ends(new Wedge(), keys)).toEqual(["AbC123"]);
  });

  it("may send CR and LF: the second key presses nothing", () => {
    const wedge = new Wedge();
    expect(ends(wedge, [..."7KQ2M9XW4T", "Enter", "Enter"])).toEqual(["7KQ2M9XW4T", ""]);
    expect(wedge.hear("Enter", 20_000)).toBeNull();
  });

  it("is told from people: stray keys, pauses and corrections are no code", () => {
    expect(ends(new Wedge(), ["Enter"])).toEqual([null]);
    expect(ends(new Wedge(), [..."abc", "Enter"])).toEqual([null]);
    expect(ends(new Wedge(), [..."7KQ2M9XW4", "Backspace", "T", "Enter"])).toEqual([null]);
    const wedge = new Wedge();
    ends(wedge, [..."7KQ2M"]);
    expect(ends(wedge, [..."9XW4T", "Enter"], 12_000)).toEqual([null]);
  });
});
