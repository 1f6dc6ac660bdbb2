// Made by `make languages`: do not edit.
import type { Dictionary } from "@/lib/i18n";
import bn from "./bn/problems";
import en from "./en/problems";

export const problems: Dictionary<typeof en> = { en, bn };
