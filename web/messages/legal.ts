// Made by `make languages`: do not edit.
import type { Dictionary } from "@/lib/i18n";
import bn from "./bn/legal";
import en from "./en/legal";

export const legal: Dictionary<typeof en> = { en, bn };
