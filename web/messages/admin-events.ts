// Made by `make languages`: do not edit.
import type { Dictionary } from "@/lib/i18n";
import bn from "./bn/admin-events";
import en from "./en/admin-events";

export const adminEvents: Dictionary<typeof en> = { en, bn };
