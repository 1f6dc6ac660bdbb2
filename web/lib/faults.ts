import { faults } from "@/messages/faults";
import { number } from "./format";
import { fill, type Locale } from "./i18n";
import type { Fault } from "./problem";

/** A sentence for what is wrong with one field: ours for known codes, else the server's. */
export function explainFault({ code, detail, least, most }: Fault, locale: Locale): string {
  const known: Record<string, string> = faults[locale];
  const limits = { least: number(least ?? 0, locale), most: number(most ?? 0, locale) };
  return fill(known[code] ?? detail, limits);
}
