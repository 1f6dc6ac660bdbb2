/** Numbers as people type them, in Latin or Bangla digits. */

const BANGLA_ZERO = "০".charCodeAt(0);

const latin = (text: string): string =>
  text.trim().replace(/[০-৯]/g, (digit) => String(digit.charCodeAt(0) - BANGLA_ZERO));

/** `35`, `$35.50`, `1,200` → whole cents, without floating point; null for anything else. */
export function readPrice(text: string): number | null {
  const plain = latin(text).replace(/^\$\s*/, "");
  const found = /^(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.(\d{1,2}))?$/.exec(plain);
  if (!found) return null;
  const [, whole = "", fraction = ""] = found;
  return Number(whole.replaceAll(",", "")) * 100 + Number(fraction.padEnd(2, "0"));
}

/** `3550` → `35.50`, for a field. */
export function writePrice(cents: number): string {
  return `${Math.trunc(cents / 100)}.${String(cents % 100).padStart(2, "0")}`;
}

/** A whole number of at most nine digits; null for anything else. */
export function readWhole(text: string): number | null {
  const plain = latin(text).replaceAll(",", "");
  return /^\d{1,9}$/.test(plain) ? Number(plain) : null;
}
