import { readJson, tabStore } from "@/lib/storage";
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
  return { ...EMPTY, ...readJson<Draft>(tabStore, draftKey(slug)) };
}

export function keepDraft(slug: string, draft: Draft): void {
  tabStore.set(draftKey(slug), JSON.stringify(draft));
}

export function dropDraft(slug: string): void {
  tabStore.remove(draftKey(slug));
}

interface Placed {
  id: string;
  content: string;
}

/** The order's id, made here: the same content repeats the same command, new content is a new one. */
export function orderIdFor(content: string): string {
  const known = readJson<Placed>(tabStore, ORDER);
  if (known?.content === content && known.id) return known.id;
  const id = crypto.randomUUID();
  tabStore.set(ORDER, JSON.stringify({ id, content } satisfies Placed));
  return id;
}

/** An order that is settled or closed is not repeated: the same choice is a new order then. */
export function forgetOrder(id: string): void {
  if (readJson<Placed>(tabStore, ORDER)?.id === id) tabStore.remove(ORDER);
}
