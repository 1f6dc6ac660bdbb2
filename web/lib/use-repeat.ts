"use client";

import { useEffect, useRef } from "react";

/** Repeats `task` for as long as `active`, while the page is looked at. */
export function useRepeat(active: boolean, seconds: number, task: () => void): void {
  const latest = useRef(task);
  latest.current = task;
  useEffect(() => {
    if (!active) return;
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") latest.current();
    }, seconds * 1000);
    return () => clearInterval(timer);
  }, [active, seconds]);
}
