"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { type Shown, sameCode } from "./code";
import type { Entry } from "./use-scans";

/**
 * Codes that come while another one is on the screen wait for their turn, so that each has a verdict
 * that somebody sees. The same code once more, before its verdict is gone, is the same scan.
 */
export function useTurns(current: Entry | null, scan: (shown: Shown | null) => void) {
  const [waiting, setWaiting] = useState<(Shown | null)[]>([]);
  const latest = useRef({ current, waiting });
  latest.current = { current, waiting };
  const come = useCallback(
    (shown: Shown | null) => {
      const { current, waiting } = latest.current;
      if (!current) return scan(shown);
      const before = waiting.length > 0 ? waiting.at(-1) : current.shown;
      if (shown && before && sameCode(shown, before)) return;
      setWaiting((old) => [...old, shown]);
    },
    [scan],
  );
  useEffect(() => {
    const [next] = waiting;
    if (current || next === undefined) return;
    setWaiting((old) => old.slice(1));
    scan(next);
  }, [current, waiting, scan]);
  return { come, waiting: waiting.length };
}
