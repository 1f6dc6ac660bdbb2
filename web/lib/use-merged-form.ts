"use client";

import { useEffect, useRef, useState } from "react";
import type { FieldValues, UseFormReturn } from "react-hook-form";
import { merge } from "./merge";

/**
 * Keeps a form level with what is stored when `version` rises, by whoever's hand: typed text stays,
 * untouched fields follow. `clashes` are paths of the fields that somebody else changed too.
 */
export function useMergedForm<Values extends FieldValues>(
  form: UseFormReturn<Values, unknown, Values>,
  stored: Values | null,
  version: number | undefined,
) {
  const base = useRef(stored);
  const latest = useRef(stored);
  latest.current = stored;
  const [clashes, setClashes] = useState<string[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `version` says when `stored` is another.
  useEffect(() => {
    const theirs = latest.current;
    if (!theirs || !base.current || base.current === theirs) return;
    const merged = merge(base.current, form.getValues(), theirs);
    base.current = theirs;
    form.reset(theirs);
    form.reset(merged.values, { keepDefaultValues: true });
    setClashes(merged.clashes);
  }, [version, form]);
  return {
    clashes,
    /** Call with the values that were sent, once they are stored. */
    sent: (values: Values) => {
      base.current = values;
    },
    takeTheirs: () => {
      if (latest.current) form.reset(latest.current);
      setClashes([]);
    },
  };
}
