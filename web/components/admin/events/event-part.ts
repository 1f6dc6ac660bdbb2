import type { Schemas } from "@/lib/api";

/** What every part of the event editor works on. */
export interface EventPart {
  event: Schemas["EventAdmin"];
  onStored: (event: Schemas["EventAdmin"]) => void;
  /** Loads the event again, after a change that does not answer with it. */
  reload: () => Promise<void>;
}

/** A question about the event before something that others will notice. */
export interface EventDialog extends EventPart {
  open: boolean;
  onClose: () => void;
}
