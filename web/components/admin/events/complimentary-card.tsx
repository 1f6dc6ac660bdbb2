"use client";

import { useRef, useState } from "react";
import { useWatch } from "react-hook-form";
import { api, type Schemas } from "@/lib/api";
import { number } from "@/lib/format";
import { useZodForm } from "@/lib/forms";
import { fill, href, localized } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { unwrap } from "@/lib/problem";
import { adminEvents } from "@/messages/admin-events";
import { people } from "@/messages/people";
import { Alert } from "../../ui/alert";
import { Button } from "../../ui/button";
import { Card } from "../../ui/card";
import { Checkbox, SelectField, TextArea, TextField } from "../../ui/field";
import { Form } from "../../ui/form";
import { LanguageOptions } from "../../ui/language-options";
import { Submit } from "../../ui/submit";
import type { EventPart } from "./event-part";
import { readNames } from "./values";

type Order = Schemas["Order"];

/** Complimentary tickets: free ones for guests, emailed at once. */
export function ComplimentaryCard(part: EventPart) {
  const locale = useLocale();
  const t = adminEvents[locale];
  const [open, setOpen] = useState(false);
  const [given, setGiven] = useState<Order | null>(null);
  return (
    <Card className="space-y-4">
      <h2 className="text-xl font-bold">{t.complimentary}</h2>
      <p className="text-muted">{t.complimentaryLead}</p>
      <div role="status">
        {given && (
          <Alert kind="success">
            <p>{fill(t.complimentaryDone, { email: given.email })}</p>
            <a className="underline" href={href(locale, `/admin/orders/?id=${given.id}`)}>
              {fill(t.complimentaryOrder, { number: given.number })}
            </a>
          </Alert>
        )}
      </div>
      {open ? (
        <ComplimentaryForm
          {...part}
          onGiven={(order) => {
            setGiven(order);
            setOpen(false);
          }}
        />
      ) : (
        <Button variant="secondary" onClick={() => setOpen(true)}>
          {t.complimentaryOpen}
        </Button>
      )}
    </Card>
  );
}

function ComplimentaryForm({
  event,
  reload,
  onGiven,
}: EventPart & { onGiven: (order: Order) => void }) {
  const locale = useLocale();
  const t = adminEvents[locale];
  const form = useZodForm(() => import("./schemas").then((all) => all.complimentary), {
    ticket_type_id: event.ticket_types[0]?.id ?? "",
    name: "",
    email: "",
    locale,
    attendees: "",
    from_kept_back: event.ticket_types.some(({ kept_back }) => kept_back > 0),
  });
  const command = useRef({ id: crypto.randomUUID(), content: "" });
  const count = readNames(useWatch({ control: form.control, name: "attendees" })).length;
  return (
    <Form
      form={form}
      onSubmit={async (values) => {
        const wish = { ...values, attendees: readNames(values.attendees) };
        const content = JSON.stringify(wish);
        // A repeated press sends the same order; changed text is another one.
        if (command.current.content !== content) {
          command.current = { id: crypto.randomUUID(), content };
        }
        const params = { path: { event_id: event.id } };
        const body = { ...wish, order_id: command.current.id };
        const asked = api.POST("/admin/events/{event_id}/complimentary", { params, body });
        onGiven(await unwrap(asked));
        await reload().catch(() => undefined);
      }}
    >
      <SelectField name="ticket_type_id" label={t.guestType}>
        {event.ticket_types.map((kind) => (
          <option key={kind.id} value={kind.id}>
            {localized(locale, kind, "name")}
          </option>
        ))}
      </SelectField>
      <TextField name="name" label={t.guestName} autoComplete="off" />
      <TextField
        name="email"
        label={people[locale].email}
        type="email"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
      />
      <SelectField name="locale" label={t.guestLanguage}>
        <LanguageOptions />
      </SelectField>
      <TextArea name="attendees" label={t.guestAttendees} hint={t.guestAttendeesHint} />
      <Checkbox name="from_kept_back" label={t.fromHeldBack} />
      <Submit size="medium">
        {count
          ? fill(t.complimentarySend, { count: number(count, locale) })
          : t.complimentarySendNone}
      </Submit>
    </Form>
  );
}
