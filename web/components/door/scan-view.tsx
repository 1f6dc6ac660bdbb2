"use client";

import { CalendarDaysIcon } from "@heroicons/react/24/outline";
import { lazy, Suspense, useState } from "react";
import { api } from "@/lib/api";
import { useLocale } from "@/lib/locale";
import { unwrap } from "@/lib/problem";
import { useResource } from "@/lib/use-resource";
import { door } from "@/messages/door";
import { SignedIn } from "../layout/signed-in";
import { EmptyState } from "../ui/empty-state";
import { Failure } from "../ui/failure";
import { Page, PageHeader } from "../ui/page";
import { Loading } from "../ui/spinner";
import { type DoorEvent, keptPlace, type Place } from "./place";
import { Scanner } from "./scanner";

// A phone that remembers its place never needs the form.
const PlaceForm = lazy(() => import("./place-form"));

export function ScanView() {
  return <SignedIn as="staff">{({ id }) => <Door key={id} />}</SignedIn>;
}

/** First where, then scanning; a phone that stood at a door this evening scans at once. */
function Door() {
  const t = door[useLocale()];
  const events = useResource("door", () => unwrap(api.GET("/door/events")));
  const [chosen, setChosen] = useState<Place | null | undefined>();
  const items = events.data?.items ?? [];
  const place = chosen === undefined ? remembered(items) : chosen;
  if (place) {
    return (
      <Scanner
        key={`${place.event.id} ${place.gate}`}
        place={place}
        change={() => setChosen(null)}
      />
    );
  }
  return (
    <Page width="narrow">
      <PageHeader title={t.title} lead={items.length > 0 && t.chooseLead} />
      {events.error ? <Failure error={events.error} retry={events.reload} /> : null}
      {events.loading && <Loading />}
      {events.data && items.length === 0 && (
        <EmptyState icon={CalendarDaysIcon} title={t.noEvents}>
          <p>{t.noEventsHint}</p>
        </EmptyState>
      )}
      {items.length > 0 && (
        <Suspense fallback={<Loading />}>
          <PlaceForm events={items} onChosen={setChosen} />
        </Suspense>
      )}
    </Page>
  );
}

function remembered(events: DoorEvent[]): Place | null {
  const kept = keptPlace();
  const event = events.find(({ id }) => id === kept.event_id);
  return event && kept.gate ? { event, gate: kept.gate } : null;
}
