import type { Schemas } from "@/lib/api";
import { deviceStore, readJson } from "@/lib/storage";

export type DoorEvent = Schemas["DoorEvent"];

/** Where this phone stands. */
export interface Place {
  event: DoorEvent;
  gate: string;
}

interface Kept {
  event_id: string;
  gate: string;
}

const KEY = "bashi.door";

export function keptPlace(): Kept {
  return { event_id: "", gate: "", ...readJson<Kept>(deviceStore, KEY) };
}

export function keepPlace(place: Kept): void {
  deviceStore.set(KEY, JSON.stringify(place));
}
