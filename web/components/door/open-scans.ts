import { currentSession } from "@/lib/session";
import { deviceStore } from "@/lib/storage";
import type { Shown } from "./code";

/** A scan that the server has not answered. */
export interface OpenScan {
  id: string;
  at: string;
  gate: string;
  shown: Shown;
}

interface Kept extends OpenScan {
  event_id: string;
  /** Another person's scan id is refused. */
  person_id: string | undefined;
}

const KEY = "bashi.door.scans";
const KEPT_MS = 3_600_000; // nobody waits longer at a door; sent later it would use up a ticket

/** Those of this person at this event, newest first. They outlive the page, the phone's sleep too. */
export function openScans(eventId: string): OpenScan[] {
  const person = currentSession()?.person.id;
  return read().filter((scan) => scan.event_id === eventId && scan.person_id === person);
}

export function keepScan(event_id: string, scan: OpenScan): void {
  write([{ ...scan, event_id, person_id: currentSession()?.person.id }, ...others(scan.id)]);
}

export function dropScan(id: string): void {
  write(others(id));
}

const others = (id: string): Kept[] => read().filter((scan) => scan.id !== id);

function read(): Kept[] {
  try {
    const kept = JSON.parse(deviceStore.get(KEY) ?? "[]") as Kept[];
    return kept.filter(({ at }) => Date.now() - Date.parse(at) < KEPT_MS);
  } catch {
    return [];
  }
}

function write(scans: Kept[]): void {
  if (scans.length > 0) deviceStore.set(KEY, JSON.stringify(scans));
  else deviceStore.remove(KEY);
}
