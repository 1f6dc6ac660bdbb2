"use client";

import { useEffect, useState } from "react";

/** Whether the moment has passed; renders again when it does. */
export function usePassed(epochMs: number): boolean {
  const [passed, setPassed] = useState(false);
  useEffect(() => {
    setPassed(Date.now() >= epochMs);
    const left = epochMs - Date.now();
    if (left <= 0) return;
    const timer = setTimeout(() => setPassed(true), left);
    return () => clearTimeout(timer);
  }, [epochMs]);
  return passed;
}
