import type { Schemas } from "@/lib/api";

type Answer = Schemas["Scan"];

/** What the volunteer does: let in, look closer, or turn away. */
export type Tone = "admit" | "used" | "refuse";
/** The key of the sentence that says why; null when none is needed. */
export type Reason =
  | "usedAt"
  | "void"
  | "frozen"
  | "wrong_event"
  | "unknown"
  | "forged"
  | "superseded"
  | "foreign"
  | null;

const VERDICTS: Record<Answer["verdict"], [Tone, Reason]> = {
  admitted: ["admit", null],
  already_used: ["used", "usedAt"],
  void: ["refuse", "void"],
  frozen: ["refuse", "frozen"],
  wrong_event: ["refuse", "wrong_event"],
  unknown: ["refuse", "unknown"],
  forged: ["refuse", "forged"],
  superseded: ["refuse", "superseded"],
};

/** Green only for the server's own word; anything it may say one day is turned away. */
export function judge(verdict: string): { tone: Tone; reason: Reason } {
  const [tone, reason] = VERDICTS[verdict as Answer["verdict"]] ?? ["refuse", "unknown"];
  return { tone, reason };
}

/** Until the next scan without a tap: green is read at a glance, the others need a look. */
export const SHOWN_MS: Record<Tone, number> = { admit: 1500, used: 4000, refuse: 4000 };
