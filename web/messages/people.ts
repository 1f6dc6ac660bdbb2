// Made by `make languages`: do not edit.
import type { Dictionary } from "@/lib/i18n";
import bn from "./bn/people";
import en from "./en/people";

export const people: Dictionary<typeof en> = { en, bn };
