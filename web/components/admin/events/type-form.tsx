"use client";

import { useRef, useState } from "react";
import { api, type Schemas } from "@/lib/api";
import { number } from "@/lib/format";
import { useZodForm } from "@/lib/forms";
import { fill, href, localized } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { hasCode, unwrap } from "@/lib/problem";
import { useLocales } from "@/lib/site";
import { useMergedForm } from "@/lib/use-merged-form";
import { adminEvents } from "@/messages/admin-events";
import { Alert } from "../../ui/alert";
import { Button } from "../../ui/button";
import { Form } from "../../ui/form";
import { Submit } from "../../ui/submit";
import { Confirm } from "../confirm";
import type { EventPart } from "./event-part";
import { TypeFields } from "./type-fields";
import { blankType, type TypeValues, typeBody, typeValues } from "./values";

interface TypeFormProps extends Pick<EventPart, "event" | "reload"> {
  /** Null adds a new one. */
  kind: Schemas["TicketTypeAdmin"] | null;
  onDone: () => void;
}

export function TypeForm({ event, kind, reload, onDone }: TypeFormProps) {
  const locale = useLocale();
  const t = adminEvents[locale];
  const locales = useLocales();
  const stored = kind && typeValues(kind, event);
  const form = useZodForm<TypeValues, TypeValues>(
    () => import("./schemas").then((all) => all.ticketType(event, locales)),
    stored ?? blankType(event.ticket_types.length),
  );
  useMergedForm(form, stored, kind?.version);
  const newId = useRef(crypto.randomUUID());
  const [clash, setClash] = useState(false);
  const save = async (values: TypeValues) => {
    const path = { event_id: event.id, type_id: kind?.id ?? newId.current };
    const body = { ...typeBody(values, event, kind, locales), version: kind?.version ?? null };
    setClash(false);
    try {
      await unwrap(
        api.PUT("/admin/events/{event_id}/ticket-types/{type_id}", { params: { path }, body }),
      );
    } catch (error) {
      if (!kind || !hasCode(error, "changed_meanwhile")) throw error;
      await reload();
      setClash(true);
      return;
    }
    await reload();
    onDone();
  };
  return (
    <Form form={form} onSubmit={save} rename={{ price_cents: "price" }}>
      {kind && (
        <p className="text-muted">
          {fill(t.seatsNow, { sold: number(kind.sold, locale), held: number(kind.held, locale) })}
        </p>
      )}
      {clash && <Alert kind="error">{t.typeClash}</Alert>}
      <TypeFields
        currency={event.currency}
        outdated={kind?.outdated ?? []}
        priceHint={kind && kind.sold + kind.held > 0 ? t.priceLater : null}
      />
      {kind?.hidden && (
        <p>
          {t.hiddenLink}{" "}
          <code className="break-all">
            {location.origin + href(locale, `/events/${event.slug}/?ticket_type=${kind.id}`)}
          </code>
        </p>
      )}
      <Submit>{t.saveType}</Submit>
      {kind && kind.sold + kind.held === 0 && (
        <DeleteType event={event} kind={kind} reload={reload} onDone={onDone} />
      )}
    </Form>
  );
}

function DeleteType({ event, kind, reload, onDone }: TypeFormProps & { kind: { id: string } }) {
  const locale = useLocale();
  const t = adminEvents[locale];
  const [asked, setAsked] = useState(false);
  return (
    <>
      <Button variant="quiet" wide onClick={() => setAsked(true)}>
        {t.deleteType}
      </Button>
      <Confirm
        open={asked}
        danger
        title={fill(t.deleteTypeTitle, { name: localized(locale, kind, "name") })}
        action={t.deleteType}
        onClose={() => setAsked(false)}
        onConfirm={async () => {
          const path = { event_id: event.id, type_id: kind.id };
          await unwrap(
            api.DELETE("/admin/events/{event_id}/ticket-types/{type_id}", { params: { path } }),
          );
          await reload();
          onDone();
        }}
      >
        <p>{t.deleteTypeLead}</p>
      </Confirm>
    </>
  );
}
