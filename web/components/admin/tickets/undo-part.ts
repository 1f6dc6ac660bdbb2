import type { Schemas } from "@/lib/api";
import type { TicketResult } from "./ticket-news";

export type Ticket = Schemas["TicketRow"];

/** Of the question whether a check-in is undone. */
export interface UndoPart {
  onClose: () => void;
  onUndone: (ticket: Ticket, result: TicketResult) => void;
}
