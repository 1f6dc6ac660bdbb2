"use client";

import { CalendarDaysIcon } from "@heroicons/react/24/outline";
import { useLocale } from "@/lib/locale";
import { events } from "@/messages/events";
import { EventGrid } from "../events/event-grid";
import { EmptyState } from "../ui/empty-state";

/** The next few events. */
export function ComingUp() {
  const t = events[useLocale()];
  return (
    <EventGrid
      when="upcoming"
      limit={3}
      heading="h3"
      empty={
        <EmptyState icon={CalendarDaysIcon} title={t.none}>
          <p>{t.noneHint}</p>
        </EmptyState>
      }
    />
  );
}
