import type { Schemas } from "@/lib/api";

export type DoorEvent = Schemas["DoorEventOut"];

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
  const none = { event_id: "", gate: "" };
  try {
    return { ...none, ...(JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Kept>) };
  } catch {
    return none;
  }
}

export function keepPlace(place: Kept): void {
  localStorage.setItem(KEY, JSON.stringify(place));
}
