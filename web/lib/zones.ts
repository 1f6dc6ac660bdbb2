/** Time zones by name. A browser may know fewer of them than the server, or not even its own. */

const FALLBACK = "UTC";
const asked = new Map<string, boolean>();

/** Whether this browser can show times in the zone. */
export function isTimeZone(name: string): boolean {
  const known = asked.get(name) ?? tried(name);
  asked.set(name, known);
  return known;
}

function tried(name: string): boolean {
  if (!name) return false; // else the browser takes its own
  try {
    return Boolean(new Intl.DateTimeFormat("en-US", { timeZone: name }));
  } catch {
    return false;
  }
}

/** The zone, or UTC where this browser does not know it: times are right, and say so. */
export const zoneOrUtc = (name: string): string => (isTimeZone(name) ? name : FALLBACK);

/** The reader's own zone; undefined when the browser has none that it could name. */
export function ownZone(): string | undefined {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return isTimeZone(timeZone ?? "") ? timeZone : undefined;
}

/** The names to choose from; none in a browser without a list. */
export const zoneNames = (): string[] => Intl.supportedValuesOf?.("timeZone") ?? [];
