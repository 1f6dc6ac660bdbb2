"use client";

import { useEffect, useRef } from "react";

/** While `active`, calls `again` after each of the delays, then stops. */
export function usePoll(
  active: boolean,
  delaysSeconds: readonly number[],
  again: () => void,
): void {
  const latest = useRef(again);
  latest.current = again;
  useEffect(() => {
    if (!active) return;
    let timer = 0;
    const wait = (round: number) => {
      const delay = delaysSeconds[round];
      if (delay === undefined) return;
      timer = window.setTimeout(() => {
        latest.current();
        wait(round + 1);
      }, delay * 1000);
    };
    wait(0);
    return () => clearTimeout(timer);
  }, [active, delaysSeconds]);
}
