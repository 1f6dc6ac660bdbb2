/** Numbers as people type them, in the digits of any script. */

import { latinDigits } from "./digits";
import { decimals, unwritten } from "./format";

/** `35`, `$35.50`, `1,200` → minor units, without floating point; null for anything else. */
export function readPrice(text: string, currency: string): number | null {
  const places = decimals(currency);
  const plain = latinDigits(text)
    .trim()
    .replace(/^\p{Sc}\s*/u, "");
  const found = /^(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.(\d+))?$/.exec(plain);
  const [, whole = "", fraction = ""] = found ?? [];
  if (!found || fraction.length > places) return null;
  return Number(whole.replaceAll(",", "") + fraction.padEnd(places, "0")) * unwritten(currency);
}

/** `3550, "USD"` → `35.50`, for a field. */
export function writePrice(minor: number, currency: string): string {
  const places = decimals(currency);
  const digits = String(Math.trunc(minor / unwritten(currency))).padStart(places + 1, "0");
  return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** A whole number of at most nine digits; null for anything else. */
export function readWhole(text: string): number | null {
  const plain = latinDigits(text).trim().replaceAll(",", "");
  return /^\d{1,9}$/.test(plain) ? Number(plain) : null;
}
