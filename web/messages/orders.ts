// Made by `make languages`: do not edit.
import type { Dictionary } from "@/lib/i18n";
import bn from "./bn/orders";
import en from "./en/orders";

export const orders: Dictionary<typeof en> = { en, bn };
