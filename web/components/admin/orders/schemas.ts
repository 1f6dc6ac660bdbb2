import "@/lib/zod-setup";
import * as z from "zod/mini";
import { atMost } from "@/lib/checks";
import { say } from "@/lib/say";

/** Why money goes back, or why a check-in is taken back. */
const reason = z
  .string()
  .check(z.trim(), z.minLength(1, say("reason_missing")), atMost(300, say("too_long")));

export const refund = z.object({ reason });
export const undo = z.object({ reason });
