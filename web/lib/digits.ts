/** Ten digits of one script follow each other from its zero on (Unicode Standard 4.6). */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  let first = code;
  while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first -= 1;
  return (code - first) % 10;
}

/** `৩৫`, `３５`, `٣٥` → `35`, and full-width letters to plain ones; what else there is stays. */
export const latinDigits = (text: string): string =>
  text.normalize("NFKC").replace(/\p{Nd}/gu, (digit) => String(digitValue(digit)));
