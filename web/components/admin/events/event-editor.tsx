"use client";

import { useState } from "react";
import { span } from "@/lib/format";
import { href, localized } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { adminEvents } from "@/messages/admin-events";
import { Alert } from "../../ui/alert";
import { ButtonLink } from "../../ui/button";
import { SubHeader } from "../admin-page";
import { StatusBadge } from "../status-badge";
import { AttendeesButton } from "./attendees-button";
import { CanceledCard } from "./canceled-card";
import { ComplimentaryCard } from "./complimentary-card";
import { CoverCard } from "./cover-card";
import EventForm from "./event-form";
import type { EventPart } from "./event-part";
import { StateCard } from "./state-card";
import { TypesCard } from "./types-card";

export default function EventEditor({ made, ...part }: EventPart & { made: boolean }) {
  const locale = useLocale();
  const t = adminEvents[locale];
  const [dirty, setDirty] = useState(false);
  const { event } = part;
  const open = event.status !== "canceled";
  return (
    <>
      <SubHeader
        back={t.allEvents}
        to="/admin/events/"
        title={localized(locale, event, "title")}
        lead={
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <StatusBadge status={event.status} />
            {span(event.starts_at, event.ends_at, event.time_zone, locale)}
          </div>
        }
        actions={<Links event={event} />}
      />
      <div role="status">
        {made && event.status === "draft" && (
          <Alert kind="success" className="mb-5">
            {t.saved}
          </Alert>
        )}
      </div>
      {open ? (
        <div className="grid grid-cols-1 gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)] lg:grid-rows-[auto_1fr]">
          <div className="lg:col-start-2">
            <StateCard {...part} dirty={dirty} />
          </div>
          <div className="space-y-5 lg:col-start-1 lg:row-span-2 lg:row-start-1">
            <TypesCard {...part} />
            <EventForm
              event={event}
              timeZone={event.time_zone}
              onStored={part.onStored}
              onDirty={setDirty}
            />
          </div>
          <div className="space-y-5 lg:col-start-2">
            <CoverCard {...part} />
            {event.ticket_types.length > 0 && <ComplimentaryCard {...part} />}
          </div>
        </div>
      ) : (
        <CanceledCard {...part} />
      )}
    </>
  );
}

function Links({ event }: Pick<EventPart, "event">) {
  const locale = useLocale();
  const t = adminEvents[locale];
  if (event.status === "draft") return null;
  return (
    <>
      <ButtonLink
        variant="secondary"
        size="small"
        href={href(locale, `/admin/orders/?event_id=${event.id}`)}
      >
        {t.viewOrders}
      </ButtonLink>
      <ButtonLink variant="secondary" size="small" href={href(locale, `/events/${event.slug}/`)}>
        {t.viewPage}
      </ButtonLink>
      <AttendeesButton event={event} />
    </>
  );
}
