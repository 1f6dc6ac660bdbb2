/** Times as organizers type them (wall clock of the event's zone) and as the API sends them. */

import { zoneOrUtc } from "./zones";

const DAY_MS = 86_400_000;

/** `2026-12-05T23:30:00Z` → `2026-12-05T17:30` in America/Chicago: what a datetime-local holds. */
export function toLocal(iso: string, timeZone: string): string {
  return new Date(wallClock(Date.parse(iso), timeZone)).toISOString().slice(0, 16);
}

/**
 * The moment when the zone's clocks show `local`, or null for text that is no time and for an hour
 * that the clocks skip in spring. Of an hour that comes twice in autumn, the first.
 */
export function toInstant(local: string, timeZone: string): string | null {
  const wall = Date.parse(`${local}Z`);
  if (Number.isNaN(wall)) return null;
  for (const near of [wall - DAY_MS, wall + DAY_MS]) {
    const offset = wallClock(near, timeZone) - near;
    if (wallClock(wall - offset, timeZone) === wall) return rfc3339(wall - offset);
  }
  return null;
}

/** `toInstant`, except that a time nobody touched stays as exact as it was stored. */
export function keepInstant(
  local: string,
  timeZone: string,
  stored: { iso: string; timeZone: string } | null,
): string | null {
  const untouched = stored?.timeZone === timeZone && toLocal(stored.iso, stored.timeZone) === local;
  return untouched ? stored.iso : toInstant(local, timeZone);
}

/** What the zone's clocks show at a moment, written as if it were UTC; epoch ms, whole seconds. */
function wallClock(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: zoneOrUtc(timeZone),
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(new Date(at));
  const part = (name: string) => Number(parts.find(({ type }) => type === name)?.value);
  return Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
    part("second"),
  );
}

const rfc3339 = (at: number): string => new Date(at).toISOString().replace(".000Z", "Z");
