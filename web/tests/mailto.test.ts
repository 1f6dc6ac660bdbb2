import { describe, expect, it } from "vitest";
import { mailto } from "@/lib/mailto";

describe("a link to write to somebody", () => {
  it("holds an ordinary address as it is", () => {
    expect(mailto("rahima.k@example.org")).toBe("mailto:rahima.k@example.org");
  });

  it("lets no address add readers or words to the letter", () => {
    const address = "a?bcc=v%40example.org&body=hi@evil.example";
    const link = new URL(mailto(address));
    expect(link.search).toBe("");
    expect(decodeURIComponent(link.pathname)).toBe(address);
  });
});
