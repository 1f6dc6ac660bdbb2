"use client";

import { useCallback, useRef, useState } from "react";
import { api, type Schemas } from "@/lib/api";
import { unwrap } from "@/lib/problem";
import { type Shown, sameCode } from "./code";
import { dropScan, keepScan, type OpenScan, openScans } from "./open-scans";
import { send } from "./send";

export type Answer = Schemas["Scan"];

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
  const latest = useRef({ onAnswer, currentId, entries });
  latest.current = { onAnswer, currentId, entries };

  const add = useCallback((entry: Entry) => {
    setEntries((old) => {
      const others = old.filter(({ id }) => id !== entry.id);
      return [entry, ...others].filter((one, place) => place < LISTED || isOpen(one));
    });
    setCurrentId(entry.id);
  }, []);
  const change = useCallback((entry: Entry) => {
    setEntries((old) => old.map((one) => (one.id === entry.id ? entry : one)));
  }, []);

  const follow = useCallback(
    async (open: OpenScan, state: "sending" | "unsent") => {
      const { id, at, gate, shown } = open;
      const began = performance.now();
      add({ id, at, shown, state });
      const body = { scan_id: id, scanned_at: at, gate, ...shown };
      const params = { path: { event_id: eventId } };
      const ask = () => {
        const signal = AbortSignal.timeout(TIMEOUT_MS);
        return unwrap(api.POST("/door/{event_id}/scans", { params, body, signal }));
      };
      try {
        const answer = await send(ask, () => change({ id, at, shown, state: "unsent" }));
        latest.current.onAnswer(answer, latest.current.currentId === id);
        change({ id, at, shown, state: "answered", answer });
        performance.measure("door.verdict", { start: began });
      } catch (error) {
        change({ id, at, shown, state: "failed", error });
      }
      dropScan(id);
    },
    [add, change, eventId],
  );

  /**
   * Nobody but the server says what a code is worth; a QR that is no ticket needs no asking. A code
   * that waits already is the same scan: as a second one it would find the ticket used.
   */
  const scan = useCallback(
    (shown: Shown | null) => {
      const made = { id: crypto.randomUUID(), at: new Date().toISOString() };
      if (!shown) return add({ ...made, shown, state: "foreign" });
      const waiting = openScans(eventId).find((open) => sameCode(open.shown, shown));
      if (latest.current.entries.some(({ id }) => id === waiting?.id)) {
        return setCurrentId(waiting?.id ?? null);
      }
      const open = waiting ?? { ...made, gate, shown };
      keepScan(eventId, open);
      void follow(open, "sending");
    },
    [add, follow, eventId, gate],
  );
  /** Takes up what an earlier page had no answer for; the newest is on the screen again. */
  const resume = useCallback(() => {
    for (const open of openScans(eventId).reverse()) void follow(open, "unsent");
  }, [follow, eventId]);

  const current = entries.find(({ id }) => id === currentId) ?? null;
  const unsent = entries.filter(({ state }) => state === "unsent").length;
  const next = useCallback(() => setCurrentId(null), []);
  return { entries, current, unsent, full: unsent >= UNSENT_MAX, scan, resume, next };
}

const isOpen = ({ state }: Entry): boolean => state === "sending" || state === "unsent";
