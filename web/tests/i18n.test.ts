import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { counterpart, fill, href, localized } from "@/lib/i18n";

describe("addresses", () => {
  it("have a prefix in Bangla only", () => {
    expect(href("en", "/events/")).toBe("/events/");
    expect(href("bn", "/events/")).toBe("/bn/events/");
  });

  it("lead to the same page in the other language and back", () => {
    for (const path of ["/", "/events/pujo/", "/bnx/"]) {
      expect(counterpart("bn", counterpart("en", path, "bn"), "en")).toBe(path);
    }
    expect(counterpart("bn", "/bn/", "en")).toBe("/");
  });
});

describe("words", () => {
  it("fill their places and drop unknown ones", () => {
    expect(fill("{count} of {all}{x}", { count: 2, all: "5" })).toBe("2 of 5");
  });

  it("fall back to the other language where a translation is empty", () => {
    expect(localized("bn", { title: { en: "Mela" } }, "title")).toBe("Mela");
    expect(localized("bn", { title: { en: "Mela", bn: "মেলা" } }, "title")).toBe("মেলা");
  });

  const files = readdirSync(new URL("../messages/en", import.meta.url)).map((name) =>
    name.slice(0, -3),
  );
  it.each(files)("%s has the same places in all languages, and no empty word", async (file) => {
    const module = (await import(`../messages/${file}.ts`)) as Record<string, unknown>;
    const dictionaries = Object.values(module).filter(isDictionary);
    expect(dictionaries.length).toBeGreaterThan(0);
    for (const { en, ...others } of dictionaries) {
      for (const words of [en, ...Object.values(others)].map(sentences)) {
        expect(words.map(places)).toEqual(sentences(en).map(places));
        expect(words.filter((sentence) => sentence === "")).toEqual([]);
      }
    }
  });
});

function isDictionary(value: unknown): value is { en: unknown } {
  return typeof value === "object" && value !== null && "en" in value;
}

function sentences(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(sentences) : [];
}

const places = (sentence: string): string[] => (sentence.match(/\{\w+\}/g) ?? []).sort();
