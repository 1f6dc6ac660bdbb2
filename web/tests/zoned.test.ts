import { describe, expect, it } from "vitest";
import { keepInstant, toInstant, toLocal } from "@/lib/zoned";
import { isTimeZone } from "@/lib/zones";

const CHICAGO = "America/Chicago";

describe("a wall clock in the event's zone", () => {
  it.each([
    ["2026-12-05T17:30", CHICAGO, "2026-12-05T23:30:00Z"],
    ["2026-07-04T00:00", CHICAGO, "2026-07-04T05:00:00Z"],
    ["2026-10-17T09:00", "Asia/Kolkata", "2026-10-17T03:30:00Z"],
    ["2026-01-01T00:15", "Pacific/Kiritimati", "2025-12-31T10:15:00Z"],
    ["2026-06-01T12:00", "UTC", "2026-06-01T12:00:00Z"],
  ])("%s in %s is %s, and back", (local, zone, iso) => {
    expect(toInstant(local, zone)).toBe(iso);
    expect(toLocal(iso, zone)).toBe(local);
  });

  it("has no hour that the clocks skip in spring", () => {
    expect(toInstant("2026-03-08T01:59", CHICAGO)).toBe("2026-03-08T07:59:00Z");
    expect(toInstant("2026-03-08T02:30", CHICAGO)).toBeNull();
    expect(toInstant("2026-03-08T03:00", CHICAGO)).toBe("2026-03-08T08:00:00Z");
  });

  it("takes the first of the hour that comes twice in autumn", () => {
    expect(toInstant("2026-11-01T01:30", CHICAGO)).toBe("2026-11-01T06:30:00Z");
    expect(toInstant("2026-11-01T02:00", CHICAGO)).toBe("2026-11-01T08:00:00Z");
  });

  it("knows half-hour clock changes", () => {
    expect(toInstant("2026-10-04T02:15", "Australia/Lord_Howe")).toBeNull();
    expect(toInstant("2026-10-04T02:30", "Australia/Lord_Howe")).toBe("2026-10-03T15:30:00Z");
  });

  it("comes back for every hour of a year", () => {
    const hours = Array.from({ length: 8760 }, (_, hour) => Date.UTC(2026, 0, 1, hour));
    const lost = hours
      .map((at) => new Date(at).toISOString().replace(".000Z", "Z"))
      .filter((iso) => toInstant(toLocal(iso, CHICAGO), CHICAGO) !== iso);
    expect(lost).toEqual(["2026-11-01T07:00:00Z"]);
  });

  it.each(["", "tomorrow", "2026-13-01T10:00"])("refuses %j", (text) => {
    expect(toInstant(text, CHICAGO)).toBeNull();
  });
});

describe("a stored moment", () => {
  const stored = { iso: "2026-11-01T07:30:15Z", timeZone: CHICAGO };

  it("stays exact when nobody touched it: the second 1:30 of the night, its seconds too", () => {
    expect(keepInstant("2026-11-01T01:30", CHICAGO, stored)).toBe(stored.iso);
  });

  it("moves with its text or its zone", () => {
    expect(keepInstant("2026-11-01T01:31", CHICAGO, stored)).toBe("2026-11-01T06:31:00Z");
    expect(keepInstant("2026-11-01T01:30", "UTC", stored)).toBe("2026-11-01T01:30:00Z");
    expect(keepInstant("2026-11-01T01:30", CHICAGO, null)).toBe("2026-11-01T06:30:00Z");
  });
});

it("knows time zones", () => {
  expect(isTimeZone("Asia/Dhaka")).toBe(true);
  for (const name of ["Oklahoma", "localtime", "Etc/Unknown", ""]) {
    expect(isTimeZone(name)).toBe(false);
  }
});
