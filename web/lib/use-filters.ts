"use client";

import { setSearch, useSearch } from "./use-address";

/** Filters of a list, kept in the address so that they can be shared and gone back to. */
export function useFilters<Name extends string>(...names: Name[]) {
  const asked = new URLSearchParams(useSearch() ?? "");
  const values = Object.fromEntries(names.map((name) => [name, asked.get(name) ?? ""])) as Record<
    Name,
    string
  >;
  return {
    values,
    /** Changes with every filter: the key of the list. */
    key: names.map((name) => values[name]).join("\n"),
    active: names.some((name) => values[name] !== ""),
    change: (next: Partial<Record<Name, string>>) => setSearch({ ...values, ...next }),
    clear: () => setSearch({}),
  };
}

/** A filter's value if it is one of `known`; a mistyped address filters nothing. */
export function oneOf<Value extends string>(
  known: readonly Value[],
  value: string,
): Value | undefined {
  return known.find((one) => one === value);
}
