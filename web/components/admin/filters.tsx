"use client";

import { MagnifyingGlassIcon } from "@heroicons/react/24/outline";
import { type ReactNode, useId } from "react";
import { asQuery } from "@/lib/chars";
import { cx } from "@/lib/cx";
import { useLocale } from "@/lib/locale";
import { useWritten } from "@/lib/use-written";
import { admin } from "@/messages/admin";
import { Button } from "../ui/button";
import { CONTROL } from "../ui/control";

/** What narrows a list; every change goes to the address at once. */
export function Filters({ children }: { children: ReactNode }) {
  return (
    <search className="mb-5 flex flex-col gap-3 sm:flex-row sm:flex-wrap sm:items-end">
      {children}
    </search>
  );
}

interface SearchFilterProps {
  label: string;
  hint?: string;
  query: string;
  onSearch: (query: string) => void;
}

export function SearchFilter({ label, hint, query, onSearch }: SearchFilterProps) {
  const t = admin[useLocale()];
  const id = useId();
  const field = useWritten(query);
  return (
    <form
      className="grow space-y-1.5 sm:basis-80"
      onSubmit={(event) => {
        event.preventDefault();
        const typed = String(new FormData(event.currentTarget).get("q") ?? "");
        onSearch(asQuery(typed));
      }}
    >
      <label htmlFor={id} className="block font-semibold">
        {label}
      </label>
      {hint && (
        <p id={`${id}-hint`} className="text-sm text-muted">
          {hint}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        <input
          ref={field}
          id={id}
          name="q"
          type="search"
          defaultValue={query}
          autoCapitalize="none"
          spellCheck={false}
          aria-describedby={hint && `${id}-hint`}
          className={cx(CONTROL, "min-w-0 flex-1 basis-40")}
        />
        <Button type="submit" variant="secondary" aria-label={t.search}>
          <MagnifyingGlassIcon className="size-6" aria-hidden="true" />
        </Button>
      </div>
    </form>
  );
}

interface SelectFilterProps {
  label: string;
  value: string;
  /** Value and words; "all" comes first by itself. */
  options: readonly (readonly [string, string])[];
  onChange: (value: string) => void;
}

export function SelectFilter({ label, value, options, onChange }: SelectFilterProps) {
  const t = admin[useLocale()];
  const id = useId();
  return (
    <div className="space-y-1.5 sm:max-w-64">
      <label htmlFor={id} className="block font-semibold">
        {label}
      </label>
      <select
        id={id}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className={CONTROL}
      >
        <option value="">{t.any}</option>
        {options.map(([option, words]) => (
          <option key={option} value={option}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}
