// Made by `make languages`: do not edit.
import type { Dictionary } from "@/lib/i18n";
import bn from "./bn/admin-overview";
import en from "./en/admin-overview";

export const adminOverview: Dictionary<typeof en> = { en, bn };
