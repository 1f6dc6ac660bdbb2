// Made by `make languages`: do not edit.
import type { Dictionary } from "@/lib/i18n";
import bn from "./bn/account";
import en from "./en/account";

export const account: Dictionary<typeof en> = { en, bn };
