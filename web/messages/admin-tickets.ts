// Made by `make languages`: do not edit.
import type { Dictionary } from "@/lib/i18n";
import bn from "./bn/admin-tickets";
import en from "./en/admin-tickets";

export const adminTickets: Dictionary<typeof en> = { en, bn };
