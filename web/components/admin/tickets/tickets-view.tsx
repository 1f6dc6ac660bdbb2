"use client";

import { TicketIcon } from "@heroicons/react/24/outline";
import { useState } from "react";
import { api, type Schemas } from "@/lib/api";
import { useLocale } from "@/lib/locale";
import { unwrap } from "@/lib/problem";
import { oneOf, useFilters } from "@/lib/use-filters";
import { usePages } from "@/lib/use-pages";
import { admin } from "@/messages/admin";
import { adminTickets } from "@/messages/admin-tickets";
import { EmptyState } from "../../ui/empty-state";
import { PageHeader } from "../../ui/page";
import { AdminPage } from "../admin-page";
import { DataList } from "../data-list";
import { EventFilter } from "../event-filter";
import { Filters, SearchFilter, SelectFilter } from "../filters";
import { Nothing } from "../nothing";
import { useTicketColumns } from "./ticket-columns";
import { TicketNews, type TicketResult } from "./ticket-news";
import { UndoDialog } from "./undo-dialog";

type Ticket = Schemas["TicketRow"];
const STATUSES = ["valid", "used", "void", "frozen"] as const;

export function TicketsView() {
  const t = adminTickets[useLocale()];
  return (
    <AdminPage section="tickets">
      <PageHeader title={t.title} lead={t.lead} />
      <TicketsLookup />
    </AdminPage>
  );
}

function TicketsLookup() {
  const locale = useLocale();
  const t = adminTickets[locale];
  const words = admin[locale];
  const { values, key, active, change } = useFilters("event_id", "status", "q");
  return (
    <>
      <Filters>
        <EventFilter value={values.event_id} onChange={(event_id) => change({ event_id })} />
        <SelectFilter
          label={words.status}
          value={values.status}
          options={STATUSES.map((status) => [status, words[status]] as const)}
          onChange={(status) => change({ status })}
        />
        <SearchFilter
          label={t.searchLabel}
          hint={t.searchHint}
          query={values.q}
          onSearch={(q) => change({ q })}
        />
      </Filters>
      {active ? (
        <TicketsList key={key} values={values} />
      ) : (
        <EmptyState icon={TicketIcon} title={t.start}>
          <p>{t.startHint}</p>
        </EmptyState>
      )}
    </>
  );
}

function TicketsList({ values }: { values: Record<"event_id" | "status" | "q", string> }) {
  const { clear } = useFilters();
  const t = adminTickets[useLocale()];
  const [changed, setChanged] = useState<Record<string, Ticket>>({});
  const [result, setResult] = useState<TicketResult | null>(null);
  const [undoing, setUndoing] = useState<Ticket | null>(null);
  const list = usePages<Ticket>("tickets", (cursor) => {
    const query = {
      event_id: values.event_id || undefined,
      status: oneOf(STATUSES, values.status),
      q: values.q || undefined,
      cursor,
    };
    return unwrap(api.GET("/admin/tickets", { params: { query } }));
  });
  const settle = (ticket: Ticket, news: TicketResult) => {
    setChanged((old) => ({ ...old, [ticket.id]: ticket }));
    setResult(news);
  };
  const items = list.items.map((ticket) => changed[ticket.id] ?? ticket);
  return (
    <>
      <TicketNews result={result} />
      <DataList
        list={{ ...list, items }}
        caption={t.title}
        columns={useTicketColumns({ onUsed: settle, onUndo: setUndoing })}
        empty={<Nothing icon={TicketIcon} title={t.start} clear={clear} />}
      />
      <UndoDialog ticket={undoing} onClose={() => setUndoing(null)} onUndone={settle} />
    </>
  );
}
