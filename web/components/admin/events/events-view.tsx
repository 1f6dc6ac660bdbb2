"use client";

import { CalendarDaysIcon } from "@heroicons/react/24/outline";
import { api, type Schemas } from "@/lib/api";
import { number, span } from "@/lib/format";
import { fill, href, localized } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { unwrap } from "@/lib/problem";
import { oneOf, useFilters } from "@/lib/use-filters";
import { usePages } from "@/lib/use-pages";
import { admin } from "@/messages/admin";
import { adminEvents } from "@/messages/admin-events";
import { ButtonLink } from "../../ui/button";
import { PageHeader } from "../../ui/page";
import { AdminPage } from "../admin-page";
import { type Column, DataList } from "../data-list";
import { Filters, SearchFilter, SelectFilter } from "../filters";
import { Nothing } from "../nothing";
import { StatusBadge } from "../status-badge";

type Event = Schemas["EventAdmin"];
const STATUSES = ["draft", "published", "canceled"] as const;

export function AdminEventsView() {
  const locale = useLocale();
  const t = adminEvents[locale];
  return (
    <AdminPage section="events">
      <PageHeader
        title={t.title}
        actions={<ButtonLink href={href(locale, "/admin/events/edit/")}>{t.create}</ButtonLink>}
      />
      <EventsList />
    </AdminPage>
  );
}

function EventsList() {
  const locale = useLocale();
  const t = adminEvents[locale];
  const words = admin[locale];
  const { values, key, active, change, clear } = useFilters("status", "q");
  const list = usePages<Event>(key, (cursor) => {
    const status = oneOf(STATUSES, values.status);
    const query = { status, q: values.q || undefined, cursor };
    return unwrap(api.GET("/admin/events", { params: { query } }));
  });
  return (
    <>
      <Filters>
        <SelectFilter
          label={words.status}
          value={values.status}
          options={STATUSES.map((status) => [status, words[status]] as const)}
          onChange={(status) => change({ status })}
        />
        <SearchFilter label={t.searchLabel} query={values.q} onSearch={(q) => change({ q })} />
      </Filters>
      <DataList
        list={list}
        caption={t.title}
        columns={useColumns()}
        empty={
          <Nothing icon={CalendarDaysIcon} title={t.none} clear={active ? clear : null}>
            <p>{t.noneHint}</p>
          </Nothing>
        }
      />
    </>
  );
}

function useColumns(): [Column<Event>, ...Column<Event>[]] {
  const locale = useLocale();
  const t = adminEvents[locale];
  const words = admin[locale];
  return [
    {
      label: words.event,
      cell: (event) => (
        <a
          className="text-brand underline underline-offset-4"
          href={href(locale, `/admin/events/edit/?id=${event.id}`)}
        >
          {localized(locale, event, "title")}
        </a>
      ),
    },
    {
      label: t.starts,
      cell: (event) => span(event.starts_at, event.ends_at, event.time_zone, locale),
    },
    { label: words.status, cell: (event) => <StatusBadge status={event.status} /> },
    { label: t.sold, numeric: true, cell: (event) => soldOf(event) },
  ];

  function soldOf({ ticket_types }: Event): string {
    const sold = ticket_types.reduce((sum, kind) => sum + kind.sold, 0);
    const capacity = ticket_types.reduce((sum, kind) => sum + kind.capacity, 0);
    return fill(t.soldOf, { sold: number(sold, locale), capacity: number(capacity, locale) });
  }
}
