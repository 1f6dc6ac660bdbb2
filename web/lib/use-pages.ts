"use client";

import { useCallback, useEffect, useRef, useState } from "react";

export interface Page<Item> {
  items: Item[];
  next_cursor: string | null;
}

interface State<Item> {
  key: string | null;
  items: Item[];
  cursor: string | null;
  loaded: boolean;
  busy: boolean;
  error: unknown;
}

/** A cursor-paged list; starts again when `key` (the filter) changes. `null` waits. */
export function usePages<Item>(
  key: string | null,
  load: (cursor: string | undefined) => Promise<Page<Item>>,
) {
  const empty: State<Item> = {
    key,
    items: [],
    cursor: null,
    loaded: false,
    busy: true,
    error: null,
  };
  const [state, setState] = useState(empty);
  const [round, setRound] = useState(0);
  const latest = useRef(load);
  latest.current = load;
  const wanted = useRef(key);
  wanted.current = key;

  const fetchPage = useCallback(async (asked: string, cursor: string | null) => {
    setState((old) => ({ ...old, busy: true, error: null }));
    try {
      const page = await latest.current(cursor ?? undefined);
      if (wanted.current !== asked) return;
      setState((old) => ({
        key: asked,
        items: cursor ? [...old.items, ...page.items] : page.items,
        cursor: page.next_cursor,
        loaded: true,
        busy: false,
        error: null,
      }));
    } catch (error) {
      if (wanted.current === asked) setState((old) => ({ ...old, key: asked, busy: false, error }));
    }
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` asks for another load.
  useEffect(() => {
    if (key !== null) void fetchPage(key, null);
  }, [key, round, fetchPage]);

  const current = state.key === key ? state : empty;
  return {
    items: current.items,
    loaded: current.loaded,
    busy: state.busy,
    error: current.error,
    more:
      current.cursor === null ? null : () => key !== null && void fetchPage(key, current.cursor),
    reload: useCallback(() => setRound((old) => old + 1), []),
  };
}
