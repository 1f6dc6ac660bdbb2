"use client";

import { ShoppingCartIcon } from "@heroicons/react/24/outline";
import { api, type Schemas } from "@/lib/api";
import { moment, money, number } from "@/lib/format";
import { fill, href, localized } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { unwrap } from "@/lib/problem";
import { oneOf, useFilters } from "@/lib/use-filters";
import { usePages } from "@/lib/use-pages";
import { admin } from "@/messages/admin";
import { adminOrders } from "@/messages/admin-orders";
import { Badge } from "../../ui/badge";
import { PageHeader } from "../../ui/page";
import { type Column, DataList } from "../data-list";
import { EventFilter } from "../event-filter";
import { Filters, SearchFilter, SelectFilter } from "../filters";
import { Nothing } from "../nothing";
import { StatusBadge } from "../status-badge";

type Order = Schemas["OrderRow"];
const STATUSES = ["pending", "paid", "refunding", "refunded", "expired", "canceled"] as const;

export function OrdersList() {
  const locale = useLocale();
  const t = adminOrders[locale];
  const words = admin[locale];
  const { values, key, active, change, clear } = useFilters("event_id", "status", "q");
  const list = usePages<Order>(key, (cursor) => {
    const query = {
      event_id: values.event_id || undefined,
      status: oneOf(STATUSES, values.status),
      q: values.q || undefined,
      cursor,
    };
    return unwrap(api.GET("/admin/orders", { params: { query } }));
  });
  return (
    <>
      <PageHeader title={t.title} />
      <Filters>
        <EventFilter value={values.event_id} onChange={(event_id) => change({ event_id })} />
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
          <Nothing icon={ShoppingCartIcon} title={t.none} clear={active ? clear : null}>
            <p>{t.noneHint}</p>
          </Nothing>
        }
      />
    </>
  );
}

function useColumns(): [Column<Order>, ...Column<Order>[]] {
  const locale = useLocale();
  const t = adminOrders[locale];
  const words = admin[locale];
  return [
    {
      label: t.number,
      cell: ({ id, number: code, kind }) => (
        <>
          <a
            className="font-mono text-brand underline underline-offset-4"
            href={href(locale, `/admin/orders/?id=${id}`)}
          >
            {code}
          </a>{" "}
          {kind === "complimentary" && <Badge>{t.complimentary}</Badge>}
        </>
      ),
    },
    {
      label: t.buyer,
      cell: ({ name, email }) => (
        <>
          {name} <span className="block text-sm break-all text-muted md:min-w-44">{email}</span>
        </>
      ),
    },
    { label: words.event, cell: (order) => localized(locale, order, "event_title") },
    { label: t.seats, numeric: true, cell: ({ seats }) => number(seats, locale) },
    {
      label: t.total,
      numeric: true,
      cell: ({ total_cents, refunded_cents, currency }) => (
        <>
          {money(total_cents, currency, locale)}
          {refunded_cents > 0 && (
            <span className="block text-sm text-muted">
              {fill(t.refundedOf, { amount: money(refunded_cents, currency, locale) })}
            </span>
          )}
        </>
      ),
    },
    { label: words.status, cell: ({ status }) => <StatusBadge status={status} /> },
    { label: t.created, cell: ({ created_at }) => moment(created_at, locale) },
  ];
}
