import { describe, expect, it } from "vitest";
import { dayParts, money, span, time } from "@/lib/format";

const CHICAGO = "America/Chicago";

describe("money", () => {
  it("reads minor units by the currency's own decimals", () => {
    expect(money(3500, "USD", "en")).toBe("$35.00");
    expect(money(5, "USD", "en")).toBe("$0.05");
    expect(money(500, "JPY", "en")).toBe("¥500");
  });

  it("puts the sign first and uses Bangla digits", () => {
    expect(money(123456, "USD", "bn")).toBe("$১,২৩৪.৫৬");
  });
});

describe("times of an event", () => {
  it("are in the event's zone, with the zone named", () => {
    expect(span("2026-12-05T23:30:00Z", "2026-12-06T03:00:00Z", CHICAGO, "en")).toMatch(
      /^Sat, Dec 5, 2026, 5:30\sPM – 9:00\sPM CST$/u,
    );
  });

  it("name the second day when there is one", () => {
    expect(span("2026-10-17T15:00:00Z", "2026-10-18T18:00:00Z", CHICAGO, "en")).toMatch(
      /^Sat, Oct 17, 2026, 10:00\sAM – Sun, Oct 18, 2026, 1:00\sPM CDT$/u,
    );
  });

  it("say the part of the day in Bangla", () => {
    expect(time("2026-12-05T23:30:00Z", CHICAGO, "bn")).toBe("বিকাল ৫:৩০");
  });

  it("keep the day of the event for readers elsewhere", () => {
    expect(dayParts("2026-12-06T04:00:00Z", CHICAGO, "en")).toEqual({ month: "Dec", day: "5" });
  });
});
