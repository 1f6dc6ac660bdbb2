import "@/lib/zod-setup";
import * as z from "zod/mini";
import { atMost } from "@/lib/checks";
import { say } from "@/lib/say";

const GATE_CHARS = 40; // the server's
const required = z.string().check(z.trim(), z.minLength(1, say("required")));

export const place = z.object({
  event_id: required,
  gate: required.check(atMost(GATE_CHARS, say("gate_long"))),
});
