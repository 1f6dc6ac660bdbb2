"use client";

import { date } from "@/lib/format";
import { useZodForm } from "@/lib/forms";
import { localized } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { door } from "@/messages/door";
import { Card } from "../ui/card";
import { SelectField, TextField } from "../ui/field";
import { Form } from "../ui/form";
import { Submit } from "../ui/submit";
import { type DoorEvent, keepPlace, keptPlace, type Place } from "./place";

interface PlaceFormProps {
  events: DoorEvent[];
  onChosen: (place: Place) => void;
}

/** Which event, and at which gate; kept on this phone. */
export default function PlaceForm({ events, onChosen }: PlaceFormProps) {
  const locale = useLocale();
  const t = door[locale];
  const kept = keptPlace();
  const known = events.some(({ id }) => id === kept.event_id);
  const form = useZodForm(() => import("./schemas").then((all) => all.place), {
    event_id: known ? kept.event_id : (events[0]?.id ?? ""),
    gate: kept.gate || t.gateDefault,
  });
  return (
    <Card>
      <Form
        form={form}
        onSubmit={async ({ event_id, gate }) => {
          const event = events.find(({ id }) => id === event_id);
          if (!event) return;
          keepPlace({ event_id, gate });
          onChosen({ event, gate });
        }}
      >
        <SelectField name="event_id" label={t.event}>
          {events.map((event) => (
            <option key={event.id} value={event.id}>
              {localized(locale, event, "title")} · {date(event.starts_at, event.time_zone, locale)}
            </option>
          ))}
        </SelectField>
        <TextField name="gate" label={t.gate} hint={t.gateHint} autoComplete="off" />
        <Submit>{t.begin}</Submit>
      </Form>
    </Card>
  );
}
