"use client";

import { lazy, Suspense, useState } from "react";
import { api, type Schemas } from "@/lib/api";
import { useLocale } from "@/lib/locale";
import { ApiError, unwrap } from "@/lib/problem";
import { useSite } from "@/lib/site";
import { setSearch, useSearch } from "@/lib/use-address";
import { useResource } from "@/lib/use-resource";
import { adminEvents } from "@/messages/admin-events";
import { events } from "@/messages/events";
import { Failure } from "../../ui/failure";
import { Loading } from "../../ui/spinner";
import { AdminPage, SubHeader } from "../admin-page";

// Fetched while the event is, so that the page itself is small.
const EventEditor = lazy(() => import("./event-editor"));
const EventForm = lazy(() => import("./event-form"));

/** `?id=` edits that event; without it a new one is made. */
export function EventEditView() {
  return (
    <AdminPage section="events">
      <Suspense fallback={<Loading />}>
        <Which />
      </Suspense>
    </AdminPage>
  );
}

function Which() {
  const id = new URLSearchParams(useSearch() ?? "").get("id");
  const [made, setMade] = useState<string | null>(null);
  if (id) return <StoredEvent key={id} id={id} made={made === id} />;
  return (
    <NewEvent
      onMade={(event) => {
        setMade(event.id);
        setSearch({ id: event.id });
      }}
    />
  );
}

function NewEvent({ onMade }: { onMade: (event: Schemas["EventAdmin"]) => void }) {
  const t = adminEvents[useLocale()];
  const site = useSite();
  return (
    <>
      <SubHeader back={t.allEvents} to="/admin/events/" title={t.newTitle} lead={t.newLead} />
      {site.error ? <Failure error={site.error} retry={site.reload} /> : null}
      {site.loading && <Loading />}
      {site.data && (
        <div className="max-w-3xl">
          <EventForm event={null} timeZone={site.data.time_zone} onStored={onMade} />
        </div>
      )}
    </>
  );
}

function StoredEvent({ id, made }: { id: string; made: boolean }) {
  const locale = useLocale();
  const t = adminEvents[locale];
  const event = useResource(id, () => readEvent(id));
  if (event.data) {
    return (
      <EventEditor
        event={event.data}
        made={made}
        onStored={event.set}
        reload={async () => event.set(await readEvent(id))}
      />
    );
  }
  const missing = event.error instanceof ApiError && [404, 422].includes(event.error.status);
  return (
    <>
      <SubHeader
        back={t.allEvents}
        to="/admin/events/"
        title={missing ? events[locale].notFound : t.editTitle}
      />
      {event.loading && <Loading />}
      {event.error && !missing ? <Failure error={event.error} retry={event.reload} /> : null}
    </>
  );
}

function readEvent(id: string) {
  return unwrap(api.GET("/admin/events/{event_id}", { params: { path: { event_id: id } } }));
}
