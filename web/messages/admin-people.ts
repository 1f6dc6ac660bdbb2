// Made by `make languages`: do not edit.
import type { Dictionary } from "@/lib/i18n";
import bn from "./bn/admin-people";
import en from "./en/admin-people";

export const adminPeople: Dictionary<typeof en> = { en, bn };
