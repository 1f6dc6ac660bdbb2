import type { Choices } from "./cart";

/** What a reload of the page must not lose. Passwords are not kept. */
export interface Draft {
  choices: Choices;
  name: string;
  email: string;
}

const EMPTY: Draft = { choices: {}, name: "", email: "" };
const draftKey = (slug: string) => `bashi.draft.${slug}`;
const ORDER = "bashi.order";

export function readDraft(slug: string): Draft {
  return { ...EMPTY, ...read<Draft>(draftKey(slug)) };
}

export function keepDraft(slug: string, draft: Draft): void {
  sessionStorage.setItem(draftKey(slug), JSON.stringify(draft));
}

export function dropDraft(slug: string): void {
  sessionStorage.removeItem(draftKey(slug));
}

interface Placed {
  id: string;
  content: string;
}

/** The order's id, made here: the same content repeats the same command, new content is a new one. */
export function orderIdFor(content: string): string {
  const known = read<Placed>(ORDER);
  if (known?.content === content && known.id) return known.id;
  const id = crypto.randomUUID();
  sessionStorage.setItem(ORDER, JSON.stringify({ id, content } satisfies Placed));
  return id;
}

/** An order that is settled or closed is not repeated: the same choice is a new order then. */
export function forgetOrder(id: string): void {
  if (read<Placed>(ORDER)?.id === id) sessionStorage.removeItem(ORDER);
}

function read<Kept>(key: string): Partial<Kept> | null {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "null") as Partial<Kept> | null;
  } catch {
    return null;
  }
}
