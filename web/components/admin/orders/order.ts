import type { Schemas } from "@/lib/api";

/** An order as organizers see it. */
export type Order = Schemas["OrderAdmin"];
