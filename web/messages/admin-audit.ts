// Made by `make languages`: do not edit.
import type { Dictionary } from "@/lib/i18n";
import bn from "./bn/admin-audit";
import en from "./en/admin-audit";

export const adminAudit: Dictionary<typeof en> = { en, bn };
