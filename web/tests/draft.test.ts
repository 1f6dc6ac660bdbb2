import { beforeEach, describe, expect, it, vi } from "vitest";
import { forgetOrder, keepDraft, orderIdFor, readDraft } from "@/components/checkout/draft";
import { tabStore } from "@/lib/storage";

function memory(): Storage {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  } as unknown as Storage;
}

beforeEach(() => vi.stubGlobal("sessionStorage", memory()));

describe("the order's id", () => {
  it("stays for the same content, so that a second tap repeats the command", () => {
    expect(orderIdFor("two adults")).toBe(orderIdFor("two adults"));
  });

  it("is another for other content", () => {
    const first = orderIdFor("two adults");
    expect(orderIdFor("three adults")).not.toBe(first);
  });

  it("is another once that order is over, and only then", () => {
    const first = orderIdFor("two adults");
    forgetOrder("another order");
    expect(orderIdFor("two adults")).toBe(first);
    forgetOrder(first);
    expect(orderIdFor("two adults")).not.toBe(first);
  });
});

describe("a draft", () => {
  it("outlives a reload, an event apart from the other", () => {
    const draft = { choices: { a: { quantity: 1, attendees: ["A"] } }, name: "A", email: "a@b.c" };
    keepDraft("pujo", draft);
    expect(readDraft("pujo")).toEqual(draft);
    expect(readDraft("picnic")).toEqual({ choices: {}, name: "", email: "" });
  });

  it("is empty when what was kept can't be read", () => {
    tabStore.set("bashi.draft.pujo", "{");
    expect(readDraft("pujo").choices).toEqual({});
  });
});
