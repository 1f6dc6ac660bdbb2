"use client";

import type { ReactNode } from "react";
import { api, type Schemas } from "@/lib/api";
import { takePageData } from "@/lib/page-data";
import { unwrap } from "@/lib/problem";
import { type Page, usePages } from "@/lib/use-pages";
import { Failure } from "../ui/failure";
import { LoadMore } from "../ui/load-more";
import { EventCard } from "./event-card";

type EventCardData = Schemas["EventCard"];

interface EventGridProps {
  when: "upcoming" | "past";
  query?: string;
  /** How many at a time. */
  limit: number;
  /** Whether the rest can be asked for. */
  all?: boolean;
  /** Level of the cards' headings. */
  heading: "h2" | "h3";
  /** Stands in for the list when it is empty. */
  empty: ReactNode;
  /** Told to screen readers after a change. */
  summary?: (shown: number) => string;
}

export function EventGrid({
  when,
  query = "",
  limit,
  all,
  heading,
  empty,
  summary,
}: EventGridProps) {
  const list = usePages<EventCardData>(`${when}:${query}`, async (cursor) => {
    const given = takePageData<Page<EventCardData>>("__events");
    if (given && when === "upcoming" && !query && !cursor) return given;
    return unwrap(
      api.GET("/events", { params: { query: { when, q: query || undefined, cursor, limit } } }),
    );
  });
  if (list.error && !list.loaded) return <Failure error={list.error} retry={list.reload} />;
  if (list.loaded && list.items.length === 0) return empty;
  return (
    <>
      {summary && (
        <p role="status" className="sr-only">
          {list.loaded && summary(list.items.length)}
        </p>
      )}
      <ul className="grid grid-cols-1 gap-5 sm:grid-cols-2 lg:grid-cols-3" aria-busy={list.busy}>
        {list.loaded
          ? list.items.map((event) => (
              <li key={event.id}>
                <EventCard event={event} heading={heading} />
              </li>
            ))
          : PLACEHOLDERS.map((name) => (
              <li key={name} className="h-96 animate-pulse rounded-2xl bg-line/50" />
            ))}
      </ul>
      {list.error ? <Failure error={list.error} /> : null}
      {all && <LoadMore more={list.more} busy={list.busy} />}
    </>
  );
}

const PLACEHOLDERS = ["first", "second", "third"];
