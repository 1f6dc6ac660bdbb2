import { afterEach, describe, expect, it, vi } from "vitest";
import { isMuted, setMuted } from "@/components/door/signals";
import { deviceStore, readJson, safely } from "@/lib/storage";

afterEach(() => vi.unstubAllGlobals());

function blocked(): void {
  for (const name of ["localStorage", "sessionStorage"]) {
    Object.defineProperty(globalThis, name, {
      configurable: true,
      get: () => {
        throw new DOMException("Access is denied for this document.", "SecurityError");
      },
    });
  }
}

const full = () =>
  ({
    getItem: () => "old",
    setItem: () => {
      throw new DOMException("full", "QuotaExceededError");
    },
    removeItem: () => undefined,
  }) as unknown as Storage;

describe("storage that the browser refuses", () => {
  it("keeps things for as long as the page is open", () => {
    blocked();
    expect(deviceStore.get("a")).toBeNull();
    deviceStore.set("a", "1");
    expect(deviceStore.get("a")).toBe("1");
    deviceStore.remove("a");
    expect(deviceStore.get("a")).toBeNull();
  });

  it("breaks none of its users", () => {
    blocked();
    expect(isMuted()).toBe(false);
    setMuted(true);
    expect(isMuted()).toBe(true);
    setMuted(false);
  });

  it("shows the newest value when a full one could not take it", () => {
    const store = safely(full);
    store.set("a", "new");
    expect(store.get("a")).toBe("new");
  });

  it("is null as a whole where `localStorage` is null", () => {
    const store = safely(() => null as unknown as Storage);
    expect(store.get("a")).toBeNull();
    store.remove("a");
  });
});

describe("kept JSON", () => {
  const holding = (text: string) => ({ ...deviceStore, get: () => text });

  it.each(["{", "7", "null", ""])("that is no object is none: %j", (text) => {
    expect(readJson(holding(text), "a")).toBeNull();
  });

  it("is read", () => expect(readJson(holding('{"b":1}'), "a")).toEqual({ b: 1 }));
});
