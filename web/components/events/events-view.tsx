"use client";

import { CalendarDaysIcon, MagnifyingGlassIcon } from "@heroicons/react/24/outline";
import { asQuery } from "@/lib/chars";
import { cx } from "@/lib/cx";
import { number } from "@/lib/format";
import { fill } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { setSearch, useSearch } from "@/lib/use-address";
import { useWritten } from "@/lib/use-written";
import { common } from "@/messages/common";
import { events } from "@/messages/events";
import { Button } from "../ui/button";
import { CONTROL } from "../ui/control";
import { EmptyState } from "../ui/empty-state";
import { Page, PageHeader } from "../ui/page";
import { EventGrid } from "./event-grid";

type When = "upcoming" | "past";

/** All events; which ones stands in the address, so that it can be shared and gone back to. */
export function EventsView() {
  const locale = useLocale();
  const t = events[locale];
  const asked = new URLSearchParams(useSearch() ?? "");
  const when: When = asked.get("when") === "past" ? "past" : "upcoming";
  const query = asked.get("q") ?? "";
  const show = (next: { when: When; q: string }) =>
    setSearch({ when: next.when === "past" ? "past" : "", q: next.q });
  return (
    <Page width="wide">
      <PageHeader title={t.title} />
      <div className="mb-6 flex flex-wrap items-end justify-between gap-4">
        <div className="flex flex-wrap rounded-xl border border-field p-1">
          {(["upcoming", "past"] as const).map((name) => (
            <button
              key={name}
              type="button"
              aria-pressed={when === name}
              onClick={() => show({ when: name, q: query })}
              className={cx(
                "min-h-11 cursor-pointer rounded-lg px-4 font-semibold",
                when === name ? "bg-brand text-white" : "hover:bg-brand-soft",
              )}
            >
              {t[name]}
            </button>
          ))}
        </div>
        <SearchForm query={query} onSearch={(q) => show({ when, q })} />
      </div>
      <EventGrid
        when={when}
        query={query}
        limit={12}
        all
        heading="h2"
        summary={(shown) => fill(t.found, { count: number(shown, locale) })}
        empty={<NoEvents query={query} onClear={() => show({ when, q: "" })} />}
      />
    </Page>
  );
}

function SearchForm({ query, onSearch }: { query: string; onSearch: (query: string) => void }) {
  const t = events[useLocale()];
  const field = useWritten(query);
  return (
    <search className="grow sm:max-w-sm">
      <form
        className="flex gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          const typed = String(new FormData(event.currentTarget).get("q") ?? "");
          onSearch(asQuery(typed));
        }}
      >
        <label htmlFor="q" className="sr-only">
          {t.search}
        </label>
        <input
          ref={field}
          id="q"
          name="q"
          type="search"
          defaultValue={query}
          placeholder={t.search}
          className={CONTROL}
        />
        <Button type="submit" variant="secondary" aria-label={t.searchButton}>
          <MagnifyingGlassIcon className="size-6" aria-hidden="true" />
        </Button>
      </form>
    </search>
  );
}

function NoEvents({ query, onClear }: { query: string; onClear: () => void }) {
  const locale = useLocale();
  const t = events[locale];
  if (!query) {
    return (
      <EmptyState icon={CalendarDaysIcon} title={t.none}>
        <p>{t.noneHint}</p>
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={MagnifyingGlassIcon} title={fill(t.noneFound, { query })}>
      <p>{t.noneFoundHint}</p>
      <Button variant="secondary" onClick={onClear}>
        {common[locale].seeEvents}
      </Button>
    </EmptyState>
  );
}
