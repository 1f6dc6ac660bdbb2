// Made by `make languages`: do not edit.
import type { Dictionary } from "@/lib/i18n";
import bn from "./bn/common";
import en from "./en/common";

export const common: Dictionary<typeof en> = { en, bn };
