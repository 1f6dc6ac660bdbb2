import { describe, expect, it } from "vitest";
import { freshPassword, profile } from "@/components/people/schemas";
import { asQuery, chars } from "@/lib/chars";

// Each Chakma letter is two UTF-16 units.
const CHAKMA = "𑄌𑄋𑄴𑄟𑄳𑄦 ".repeat(10).trim();

describe("a length", () => {
  it("is counted as the API counts it", () => {
    expect([chars(CHAKMA), CHAKMA.length]).toEqual([69, 129]);
    expect(chars("🎉🎉")).toBe(2);
    expect(asQuery(` ${"🎉".repeat(101)}`)).toBe("🎉".repeat(100));
  });

  it("is so in forms", () => {
    const fits = (name: string) => profile.safeParse({ name, locale: "en" }).success;
    expect(fits(CHAKMA)).toBe(true);
    expect(fits("𑄌".repeat(100))).toBe(true);
    expect(fits("𑄌".repeat(101))).toBe(false);
    const strong = (text: string) => freshPassword.safeParse({ new_password: text }).success;
    expect([strong("🎉".repeat(7)), strong("🎉".repeat(8))]).toEqual([false, true]);
    expect([strong("🎉".repeat(128)), strong("🎉".repeat(129))]).toEqual([true, false]);
  });
});
