"use client";

import { useState } from "react";
import { api } from "@/lib/api";
import { useLocale } from "@/lib/locale";
import { explain, unwrap } from "@/lib/problem";
import { save } from "@/lib/save";
import { adminEvents } from "@/messages/admin-events";
import { Button } from "../../ui/button";
import type { EventPart } from "./event-part";

/** Downloads who has a ticket, as a file for spreadsheets. */
export function AttendeesButton({ event }: Pick<EventPart, "event">) {
  const locale = useLocale();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");
  const download = async () => {
    setBusy(true);
    setProblem("");
    try {
      const params = { path: { event_id: event.id } };
      const path = "/admin/events/{event_id}/attendees.csv";
      const file = await unwrap(api.GET(path, { params, parseAs: "blob" }));
      save(file as Blob, `attendees-${event.slug}.csv`);
    } catch (error) {
      setProblem(explain(error, locale));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button variant="secondary" size="small" busy={busy} onClick={() => void download()}>
        {adminEvents[locale].attendees}
      </Button>
      <p className="basis-full text-sm text-muted">{adminEvents[locale].attendeesHint}</p>
      <p role="status" className="basis-full text-sm empty:hidden">
        {problem}
      </p>
    </>
  );
}
