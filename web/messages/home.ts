// Made by `make languages`: do not edit.
import type { Dictionary } from "@/lib/i18n";
import bn from "./bn/home";
import en from "./en/home";

export const home: Dictionary<typeof en> = { en, bn };
