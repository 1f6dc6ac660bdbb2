"use client";

import { useEffect, useRef, useState } from "react";
import { get } from "react-hook-form";
import { api, type Schemas } from "@/lib/api";
import { useZodForm } from "@/lib/forms";
import { useLocale } from "@/lib/locale";
import { hasCode, unwrap } from "@/lib/problem";
import { useLocales } from "@/lib/site";
import { useMergedForm } from "@/lib/use-merged-form";
import { adminEvents } from "@/messages/admin-events";
import { Alert } from "../../ui/alert";
import { Form } from "../../ui/form";
import { Submit } from "../../ui/submit";
import { ClashNote } from "../clash-note";
import { EventFields, labelOf } from "./event-fields";
import { blankEvent, type EventValues, eventBody, eventValues } from "./values";

type Event = Schemas["EventAdmin"];

interface EventFormProps {
  /** Null makes a new one. */
  event: Event | null;
  timeZone: string;
  /** The event as it is stored now: after saving, or after somebody else saved. */
  onStored: (event: Event) => void;
  onDirty?: (dirty: boolean) => void;
}

/** Words, date and place of an event. Text that was typed survives somebody else's save. */
export default function EventForm({ event, timeZone, onStored, onDirty }: EventFormProps) {
  const locale = useLocale();
  const t = adminEvents[locale];
  const locales = useLocales();
  const stored = event && eventValues(event);
  const form = useZodForm<EventValues, EventValues>(
    () => import("./schemas").then((all) => all.event(locales)),
    stored ?? blankEvent(timeZone),
  );
  const { clashes, sent, takeTheirs } = useMergedForm(form, stored, event?.version);
  const newId = useRef(crypto.randomUUID());
  const [outcome, setOutcome] = useState<"saved" | "clash" | null>(null);
  useDirty(form.formState.isDirty, onDirty);

  const create = async (values: EventValues) => {
    const body = { id: newId.current, ...eventBody(values, null, locales) };
    onStored(await unwrap(api.POST("/admin/events", { body })));
  };
  const save = async (values: EventValues, { id, version, ...rest }: Event) => {
    const params = { path: { event_id: id } };
    const typed = form.getValues();
    const before = { id, version, ...rest };
    const { still_right } = values;
    const body = { ...eventBody(values, before, locales), still_right, version };
    try {
      const saved = await unwrap(api.PUT("/admin/events/{event_id}", { params, body }));
      sent(typed);
      setOutcome("saved");
      onStored(saved);
    } catch (error) {
      if (!hasCode(error, "changed_meanwhile")) throw error;
      onStored(await unwrap(api.GET("/admin/events/{event_id}", { params })));
      setOutcome("clash");
    }
  };
  const published = event?.status === "published";
  return (
    <Form
      form={form}
      onSubmit={(values) => {
        setOutcome(null);
        return event ? save(values, event) : create(values);
      }}
    >
      {outcome === "clash" && stored && (
        <ClashNote
          clashes={clashes.map((name) => ({
            id: name,
            label: labelOf(name, locale),
            theirs: String(get(stored, name)),
            mine: String(get(form.getValues(), name)),
          }))}
          onTakeTheirs={() => {
            takeTheirs();
            setOutcome(null);
          }}
        />
      )}
      <EventFields published={published} slug={event?.slug} outdated={event?.outdated ?? []} />
      <Submit>{published ? t.save : t.saveDraft}</Submit>
      <div role="status">{outcome === "saved" && <Alert kind="success">{t.saved}</Alert>}</div>
    </Form>
  );
}

/** Tells the page, and the browser before it leaves. */
function useDirty(dirty: boolean, onDirty?: (dirty: boolean) => void): void {
  useEffect(() => {
    onDirty?.(dirty);
    if (!dirty) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [dirty, onDirty]);
}
