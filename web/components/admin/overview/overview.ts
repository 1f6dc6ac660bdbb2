import type { Schemas } from "@/lib/api";

/** How the shop is doing: money, tickets, open work, alarms. */
export type Overview = Schemas["Overview"];
