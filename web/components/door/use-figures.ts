"use client";

import { useCallback, useEffect, useState } from "react";
import { api, type Schemas } from "@/lib/api";
import { unwrap } from "@/lib/problem";
import { whenBack } from "@/lib/when-back";

type Figures = Schemas["Figures"];

const EVERY_MS = 15_000;

/** How many are in, as all doors see it; `admit` counts one of this phone at once. */
export function useFigures(eventId: string, gate: string) {
  const [figures, setFigures] = useState<Figures | null>(null);
  const [reached, setReached] = useState(true);
  useEffect(() => {
    let live = true;
    const load = async () => {
      if (document.hidden) return;
      const params = { path: { event_id: eventId } };
      try {
        const found = await unwrap(api.GET("/door/{event_id}/figures", { params }));
        if (!live) return;
        setFigures(found);
        setReached(true);
      } catch {
        if (live) setReached(false);
      }
    };
    void load();
    const timer = setInterval(load, EVERY_MS);
    document.addEventListener("visibilitychange", load);
    const forget = whenBack(() => void load());
    return () => {
      live = false;
      forget();
      clearInterval(timer);
      document.removeEventListener("visibilitychange", load);
    };
  }, [eventId]);
  const admit = useCallback(() => setFigures((old) => old && withOneMore(old, gate)), [gate]);
  return { figures, reached, admit };
}

export function withOneMore(figures: Figures, gate: string): Figures {
  const others = figures.gates.filter((one) => one.gate !== gate);
  const here = figures.gates.find((one) => one.gate === gate)?.admitted ?? 0;
  return {
    ...figures,
    admitted: figures.admitted + 1,
    gates: [...others, { gate, admitted: here + 1 }],
  };
}
