import { latinDigits } from "@/lib/digits";

/**
 * What a phone may send of a ticket: the QR's signed code, the ten symbols below it, or which one a
 * guest without either was found to have.
 */
export type Shown = { code: string } | { typed_code: string } | { ticket_id: string };

/** One decimal number; before it was `v1.KID.EVENT.TICKET.SERIAL.SIGNATURE`. */
const SIGNED = /(?:v1\.[\w-]+\.[\w-]+\.[\w-]+\.\d+\.[\w-]+|(?:^|\D)([23]\d{207}))$/;
const TYPED_CHARS = 10;

/** The signed code in a QR's text, with or without its link; null for a QR that is no ticket. */
export function signedCode(text: string): string | null {
  const found = SIGNED.exec(text.trim());
  return found && (found[1] ?? found[0]);
}

/**
 * What somebody typed, pasted, or a scanner with a cable wrote; null when it is neither. Keyboards
 * for Bangla or Japanese write digits and letters of their own, which mean the same.
 */
export function typedCode(text: string): Shown | null {
  const code = signedCode(text);
  if (code) return { code };
  const typed = latinDigits(text)
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, "");
  return typed.length === TYPED_CHARS ? { typed_code: typed } : null;
}

export const sameCode = (one: Shown, other: Shown): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** The ticket that a signed code names. */
export function ticketId(code: string): string | null {
  return code.startsWith("v1.") ? uuid(code.split(".")[3] ?? "") : idWithin(code);
}

/** 16 bytes in base64url → a UUID's text. */
function uuid(short: string): string | null {
  if (!/^[\w-]{22}$/.test(short)) return null;
  const bytes = atob(short.replaceAll("-", "+").replaceAll("_", "/"));
  return dashed(
    Array.from(bytes, (byte) => byte.charCodeAt(0).toString(16).padStart(2, "0")).join(""),
  );
}

/** Bits of the number: key 16, event 16, serial 16, ticket 128, signature 512. */
function idWithin(code: string): string | null {
  const bits = BigInt(`${Number(code[0]) - 2}${code.slice(1)}`); // what it is above 2 * 10^207
  const hex = bits.toString(16).padStart(172, "0");
  return hex.length === 172 ? dashed(hex.slice(12, 44)) : null;
}

const dashed = (hex: string): string =>
  hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
