// Made by `make languages`: do not edit.
import type { Dictionary } from "@/lib/i18n";
import bn from "./bn/faults";
import en from "./en/faults";

export const faults: Dictionary<typeof en> = { en, bn };
