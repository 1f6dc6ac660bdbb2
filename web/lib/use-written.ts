"use client";

import { useEffect, useRef } from "react";

/**
 * Of a search field: shows the query of the address when that changes, and keeps the focus. What
 * was typed before the scripts came stays.
 */
export function useWritten(query: string) {
  const field = useRef<HTMLInputElement>(null);
  const written = useRef(query);
  useEffect(() => {
    if (field.current && written.current !== query) field.current.value = query;
    written.current = query;
  }, [query]);
  return field;
}
