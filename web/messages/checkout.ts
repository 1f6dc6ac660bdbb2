// Made by `make languages`: do not edit.
import type { Dictionary } from "@/lib/i18n";
import bn from "./bn/checkout";
import en from "./en/checkout";

export const checkout: Dictionary<typeof en> = { en, bn };
