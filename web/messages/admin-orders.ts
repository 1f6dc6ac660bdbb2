// Made by `make languages`: do not edit.
import type { Dictionary } from "@/lib/i18n";
import bn from "./bn/admin-orders";
import en from "./en/admin-orders";

export const adminOrders: Dictionary<typeof en> = { en, bn };
