// Made by `make languages`: do not edit.
import type { Dictionary } from "@/lib/i18n";
import bn from "./bn/validation";
import en from "./en/validation";

export const validation: Dictionary<typeof en> = { en, bn };
