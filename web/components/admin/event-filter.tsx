"use client";

import { api } from "@/lib/api";
import { date } from "@/lib/format";
import { localized } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { unwrap } from "@/lib/problem";
import { useResource } from "@/lib/use-resource";
import { admin } from "@/messages/admin";
import { SelectFilter } from "./filters";

const MOST = 100;

/** Narrows a list to one event, of the newest hundred. */
export function EventFilter({
  value,
  onChange,
}: Omit<Parameters<typeof SelectFilter>[0], "label" | "options">) {
  const locale = useLocale();
  const events = useResource("events", () =>
    unwrap(api.GET("/admin/events", { params: { query: { limit: MOST } } })),
  );
  const options = (events.data?.items ?? [])
    .filter((event) => event.status !== "draft")
    .map((event) => {
      const day = date(event.starts_at, event.time_zone, locale);
      return [event.id, `${localized(locale, event, "title")} · ${day}`] as const;
    });
  return (
    <SelectFilter label={admin[locale].event} value={value} options={options} onChange={onChange} />
  );
}
