// Made by `make languages`: do not edit.
import type { Dictionary } from "@/lib/i18n";
import bn from "./bn/door";
import en from "./en/door";

export const door: Dictionary<typeof en> = { en, bn };
