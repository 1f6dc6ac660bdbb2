import { afterEach, describe, expect, it, vi } from "vitest";
import { clock, dayParts, moment, money, span, time } from "@/lib/format";

const CHICAGO = "America/Chicago";

/** With plain spaces, so that a line of this file can be read. */
const plain = (text: string) => text.replace(/\s/gu, " ");

describe("money", () => {
  it("reads minor units by the currency's own decimals", () => {
    expect(money(3500, "USD", "en")).toBe("$35.00");
    expect(money(5, "USD", "en")).toBe("$0.05");
    expect(money(500, "JPY", "en")).toBe("¥500");
    expect(money(500_000, "ISK", "en")).toMatch(/^kr\s?5,000$/u);
    expect(money(100_000, "UGX", "en")).toMatch(/1,000$/u);
    expect(money(1050, "LAK", "en")).toMatch(/10\.50$/u);
  });

  it("puts the sign first and uses Bangla digits", () => {
    expect(money(123456, "USD", "bn")).toBe("$১,২৩৪.৫৬");
  });
});

describe("times of an event", () => {
  it("are in the event's zone, with the zone named", () => {
    expect(span("2026-12-05T23:30:00Z", "2026-12-06T03:00:00Z", CHICAGO, "en")).toMatch(
      /^Sat, Dec 5, 2026, 5:30\sPM\u00a0– 9:00\sPM\u00a0CST$/u,
    );
  });

  it("name the second day when there is one", () => {
    expect(span("2026-10-17T15:00:00Z", "2026-10-18T18:00:00Z", CHICAGO, "en")).toMatch(
      /^Sat, Oct 17, 2026, 10:00\sAM\u00a0– Sun, Oct 18, 2026, 1:00\sPM\u00a0CDT$/u,
    );
  });

  it.each([
    ["03:59", "রাত ৩:৫৯"],
    ["04:00", "ভোর ৪:০০"],
    ["06:05", "সকাল ৬:০৫"],
    ["12:00", "দুপুর ১২:০০"],
    ["17:30", "বিকাল ৫:৩০"],
    ["18:30", "সন্ধ্যা ৬:৩০"],
    ["20:00", "রাত ৮:০০"],
    ["00:15", "রাত ১২:১৫"],
  ])("say the part of the day in Bangla, as emails do: %s", (at, words) => {
    expect(plain(time(`2026-12-05T${at}:00-06:00`, CHICAGO, "bn"))).toBe(words);
  });

  it("are one evening until six in the morning, as emails say it", () => {
    const start = "2026-12-01T02:00:00Z";
    expect(plain(span(start, "2026-12-01T06:00:00Z", CHICAGO, "en"))).toBe(
      "Mon, Nov 30, 2026, 8:00 PM – 12:00 AM CST",
    );
    expect(plain(span(start, "2026-12-01T11:59:00Z", CHICAGO, "en"))).toContain("– 5:59 AM");
    expect(plain(span(start, "2026-12-01T12:00:00Z", CHICAGO, "en"))).toContain(
      "– Tue, Dec 1, 2026, 6:00 AM",
    );
    expect(plain(span(start, "2026-12-02T06:00:00Z", CHICAGO, "en"))).toContain(
      "– Wed, Dec 2, 2026, 12:00 AM",
    );
  });

  it.each([
    ["2027-03-14T07:30:00Z", "2027-03-14T09:30:00Z", "1:30 AM CST – 4:30 AM CDT"],
    ["2026-11-01T06:30:00Z", "2026-11-01T07:30:00Z", "1:30 AM CDT – 1:30 AM CST"],
    ["2027-03-14T09:30:00Z", "2027-03-14T10:30:00Z", "4:30 AM – 5:30 AM CDT"],
  ])("have the zone's name of each end when the clocks change: %s", (start, end, words) => {
    expect(plain(span(start, end, CHICAGO, "en"))).toContain(words);
  });

  it.each(["Mars/Olympus", "localtime", ""])("are in UTC in a zone unknown here: %j", (zone) => {
    const [start, end] = ["2026-12-05T23:30:00Z", "2026-12-06T03:00:00Z"];
    expect(plain(span(start, end, zone, "en"))).toBe("Sat, Dec 5, 2026, 11:30 PM – 3:00 AM UTC");
    expect(plain(span(start, end, zone, "bn"))).toMatch(/UTC$/);
  });

  it("write the month out in Bangla", () => {
    const [start, end] = ["2026-09-05T23:30:00Z", "2026-09-06T02:00:00Z"];
    expect(plain(span(start, end, CHICAGO, "bn"))).toBe(
      "শনি, ৫ সেপ্টেম্বর, ২০২৬, সন্ধ্যা ৬:৩০ – রাত ৯:০০ CDT",
    );
  });

  it("keep the day of the event for readers elsewhere", () => {
    expect(dayParts("2026-12-06T04:00:00Z", CHICAGO, "en")).toEqual({ month: "Dec", day: "5" });
  });
});

describe("a moment for lists", () => {
  it("is a day and a time, in Bangla without Latin letters", () => {
    const at = new Date(2026, 11, 5, 20, 30).toISOString();
    expect(plain(moment(at, "en"))).toBe("Dec 5, 2026, 8:30 PM");
    expect(plain(moment(at, "bn"))).toBe("৫ ডিসেম্বর, ২০২৬, রাত ৮:৩০");
  });

  afterEach(() => vi.restoreAllMocks());

  it.each(["Etc/Unknown", undefined])(
    "is in UTC, and says so, where the browser's zone is %s",
    (zone) => {
      const options = new Intl.DateTimeFormat().resolvedOptions();
      vi.spyOn(Intl.DateTimeFormat.prototype, "resolvedOptions").mockReturnValue({
        ...options,
        timeZone: zone as string,
      });
      expect(plain(moment("2026-12-05T20:30:00Z", "en"))).toBe("Dec 5, 2026, 8:30 PM UTC");
      expect(plain(clock("2026-12-05T20:30:00Z", "bn"))).toBe("রাত ৮:৩০ UTC");
    },
  );
});
