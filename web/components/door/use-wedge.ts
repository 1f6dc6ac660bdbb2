"use client";

import { useEffect, useRef } from "react";
import { typedCode } from "./code";
import { Wedge } from "./wedge";

/**
 * Codes of a scanner with a cable that no field takes whole: it writes on while a verdict covers the
 * page, or the focus moves in the middle of a code. A code that stands in the field `id` from its
 * first to its last sign is left to the field's form.
 */
export function useWedge(id: string, onText: (text: string) => void): void {
  const latest = useRef(onText);
  latest.current = onText;
  useEffect(() => {
    const wedge = new Wedge();
    const hear = (event: KeyboardEvent) => {
      const field = event.target instanceof HTMLInputElement ? event.target : null;
      if (event.ctrlKey || event.altKey || event.metaKey || (field && field.id !== id)) {
        return wedge.forget();
      }
      const text = wedge.hear(event.key, event.timeStamp);
      if (text === null || (text && field?.value.includes(text))) return;
      if (event.key === "Tab" && !typedCode(text)) return; // somebody who moves on
      event.preventDefault();
      event.stopPropagation();
      if (text) latest.current(text);
    };
    document.addEventListener("keydown", hear, true);
    return () => document.removeEventListener("keydown", hear, true);
  }, [id]);
}
