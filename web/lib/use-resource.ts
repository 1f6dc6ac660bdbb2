"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { ApiError } from "./problem";
import { whenBack } from "./when-back";

export interface Resource<Data> {
  data: Data | undefined;
  error: unknown;
  loading: boolean;
  reload: () => void;
  set: (data: Data) => void;
}

/**
 * Loads on mount and when `key` changes; an answer that comes too late is dropped. `null` waits.
 * What was lost on its way is asked for again when the connection is back.
 */
export function useResource<Data>(key: string | null, load: () => Promise<Data>): Resource<Data> {
  const [state, setState] = useState<{ key: string | null; data?: Data; error?: unknown }>({ key });
  const [round, setRound] = useState(0);
  const latest = useRef(load);
  latest.current = load;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` asks for another load.
  useEffect(() => {
    if (key === null) return;
    let live = true;
    latest.current().then(
      (data) => live && setState({ key, data }),
      (error: unknown) => live && setState((old) => ({ key, data: old.data, error })),
    );
    return () => {
      live = false;
    };
  }, [key, round]);
  const reload = useCallback(() => setRound((old) => old + 1), []);
  const lost = state.error !== undefined && !(state.error instanceof ApiError);
  useEffect(() => {
    if (lost) return whenBack(reload);
  }, [lost, reload]);
  const set = useCallback((data: Data) => setState({ key, data }), [key]);
  const current = state.key === key ? state : { data: undefined, error: undefined };
  const loading = current.data === undefined && current.error === undefined;
  return { data: current.data, error: current.error, loading, reload, set };
}
