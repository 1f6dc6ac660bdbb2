// Made by `make languages`: do not edit.
import type { Dictionary } from "@/lib/i18n";
import bn from "./bn/admin";
import en from "./en/admin";

export const admin: Dictionary<typeof en> = { en, bn };
