// Made by `make languages`: do not edit.
import type { Dictionary } from "@/lib/i18n";
import bn from "./bn/events";
import en from "./en/events";

export const events: Dictionary<typeof en> = { en, bn };
