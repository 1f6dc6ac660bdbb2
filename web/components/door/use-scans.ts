"use client";

import { useCallback, useRef, useState } from "react";
import { api, type Schemas } from "@/lib/api";
import { unwrap } from "@/lib/problem";
import type { Shown } from "./code";
import { send } from "./send";

export type Answer = Schemas["ScanOut"];

/** A scan and how far it has come. Only `answered` may ever look green. */
export type Entry = { id: string; at: string; shown: Shown | null } & (
  | { state: "sending" | "unsent" | "foreign" }
  | { state: "answered"; answer: Answer }
  | { state: "failed"; error: unknown }
);

/** `seen`: the scan is the one on the screen, not one that was put aside. */
type OnAnswer = (answer: Answer, seen: boolean) => void;

const LISTED = 20;
const UNSENT_MAX = 5;
const TIMEOUT_MS = 6000;

/** Scans of one event at one gate: the one on the screen, and the last ones. */
export function useScans(eventId: string, gate: string, onAnswer: OnAnswer) {
  const [entries, setEntries] = useState<Entry[]>([]);
  const [currentId, setCurrentId] = useState<string | null>(null);
  const latest = useRef({ onAnswer, currentId });
  latest.current = { onAnswer, currentId };

  const add = useCallback((entry: Entry) => {
    setEntries((old) => [entry, ...old].filter((one, place) => place < LISTED || isOpen(one)));
    setCurrentId(entry.id);
  }, []);
  const change = useCallback((entry: Entry) => {
    setEntries((old) => old.map((one) => (one.id === entry.id ? entry : one)));
  }, []);

  /** Nobody but the server says what a code is worth; a QR that is no ticket needs no asking. */
  const scan = useCallback(
    async (shown: Shown | null) => {
      const began = performance.now();
      const base = { id: crypto.randomUUID(), at: new Date().toISOString(), shown };
      if (!shown) return add({ ...base, state: "foreign" });
      add({ ...base, state: "sending" });
      const body = { scan_id: base.id, scanned_at: base.at, gate, ...shown };
      const params = { path: { event_id: eventId } };
      const ask = () => {
        const signal = AbortSignal.timeout(TIMEOUT_MS);
        return unwrap(api.POST("/door/{event_id}/scans", { params, body, signal }));
      };
      try {
        const answer = await send(ask, () => change({ ...base, state: "unsent" }));
        latest.current.onAnswer(answer, latest.current.currentId === base.id);
        change({ ...base, state: "answered", answer });
        performance.measure("door.verdict", { start: began });
      } catch (error) {
        change({ ...base, state: "failed", error });
      }
    },
    [add, change, eventId, gate],
  );
  const current = entries.find(({ id }) => id === currentId) ?? null;
  const unsent = entries.filter(({ state }) => state === "unsent").length;
  const next = useCallback(() => setCurrentId(null), []);
  return { entries, current, unsent, full: unsent >= UNSENT_MAX, scan, next };
}

const isOpen = ({ state }: Entry): boolean => state === "sending" || state === "unsent";
