import { latinDigits } from "@/lib/digits";

/**
 * What a phone may send of a ticket: the QR's signed code, the ten symbols below it, or which one a
 * guest without either was found to have.
 */
export type Shown = { code: string } | { typed_code: string } | { ticket_id: string };

const SIGNED = /v1\.[\w-]+\.[\w-]+\.[\w-]+\.\d+\.[\w-]+$/;
const TYPED_CHARS = 10;

/** The signed code in a QR's text, with or without its link; null for a QR that is no ticket. */
export function signedCode(text: string): string | null {
  return SIGNED.exec(text.trim())?.[0] ?? null;
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

/** The ticket that a signed code `v1.KID.EVENT.TICKET.SERIAL.SIGNATURE` names. */
export function ticketId(code: string): string | null {
  return uuid(code.split(".")[3] ?? "");
}

/** 16 bytes in base64url → a UUID's text. */
export function uuid(short: string): string | null {
  if (!/^[\w-]{22}$/.test(short)) return null;
  const bytes = atob(short.replaceAll("-", "+").replaceAll("_", "/"));
  const hex = Array.from(bytes, (byte) => byte.charCodeAt(0).toString(16).padStart(2, "0")).join(
    "",
  );
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
