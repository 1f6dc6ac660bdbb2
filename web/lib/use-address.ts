"use client";

import { useSyncExternalStore } from "react";

const CHANGED = "bashi:address";

function subscribe(changed: () => void): () => void {
  for (const name of ["popstate", "hashchange", CHANGED]) addEventListener(name, changed);
  return () => {
    for (const name of ["popstate", "hashchange", CHANGED]) removeEventListener(name, changed);
  };
}

/** `?a=b` of the address; null in the prerendered page. */
export const useSearch = (): string | null =>
  useSyncExternalStore<string | null>(
    subscribe,
    () => location.search,
    () => null,
  );

/** The fragment without `#`; null in the prerendered page. */
export const useFragment = (): string | null =>
  useSyncExternalStore<string | null>(
    subscribe,
    () => location.hash.slice(1),
    () => null,
  );

/** Changes the query in place; empty values are dropped. */
export function setSearch(values: Record<string, string>): void {
  const query = new URLSearchParams(Object.entries(values).filter(([, value]) => value)).toString();
  history.pushState(null, "", location.pathname + (query && `?${query}`));
  dispatchEvent(new Event(CHANGED));
}

/** Takes a used secret out of the address, so that it stays in no history entry or screenshot. */
export function dropFragment(): void {
  history.replaceState(null, "", location.pathname + location.search);
}
