/** Lengths as the API counts them: code points, not JavaScript's UTF-16 units. */
export const chars = (text: string): number => Array.from(text).length;

const QUERY_CHARS = 100; // the API's

/** What somebody searches for, as long as the API takes it. */
export const asQuery = (typed: string): string =>
  Array.from(typed.trim()).slice(0, QUERY_CHARS).join("");
