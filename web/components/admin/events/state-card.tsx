"use client";

import { CheckCircleIcon, MinusCircleIcon } from "@heroicons/react/24/outline";
import { useState } from "react";
import { api } from "@/lib/api";
import { fill, href, localized } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { hasCode, unwrap } from "@/lib/problem";
import { adminEvents } from "@/messages/admin-events";
import { Alert } from "../../ui/alert";
import { Button } from "../../ui/button";
import { Card } from "../../ui/card";
import { Confirm } from "../confirm";
import { StatusBadge } from "../status-badge";
import { CancelDialog } from "./cancel-dialog";
import type { EventDialog, EventPart } from "./event-part";

type Asked = "publish" | "delete" | "cancel" | null;

/** Where the event stands in its life, and the steps it can take. */
export function StateCard({ dirty, ...part }: EventPart & { dirty: boolean }) {
  const t = adminEvents[useLocale()];
  const { event } = part;
  const [asked, setAsked] = useState<Asked>(null);
  const [published, setPublished] = useState(false);
  const draft = event.status === "draft";
  const close = () => setAsked(null);
  return (
    <>
      <Card className="space-y-4">
        <div className="flex flex-wrap items-center justify-between gap-2">
          <h2 className="text-xl font-bold">{t.state}</h2>
          <StatusBadge status={event.status} />
        </div>
        {dirty && <p className="font-semibold text-warn">{t.unsaved}</p>}
        {draft && <Checklist event={event} />}
        <div role="status">{published && <Alert kind="success">{t.publishedNow}</Alert>}</div>
        <div className="flex flex-wrap gap-2">
          {draft && <Button onClick={() => setAsked("publish")}>{t.publish}</Button>}
          <Button variant="secondary" onClick={() => setAsked(draft ? "delete" : "cancel")}>
            {draft ? t.deleteDraft : t.cancel}
          </Button>
        </div>
      </Card>
      <PublishDialog
        {...part}
        dirty={dirty}
        open={asked === "publish"}
        onClose={close}
        onDone={() => setPublished(true)}
      />
      <DeleteDialog {...part} open={asked === "delete"} onClose={close} />
      <CancelDialog {...part} open={asked === "cancel"} onClose={close} />
    </>
  );
}

function Checklist({ event }: Pick<EventPart, "event">) {
  const t = adminEvents[useLocale()];
  const steps = [
    [t.checkDetails, true],
    [t.checkTypes, event.ticket_types.length > 0],
    [t.checkEnd, Date.parse(event.ends_at) > Date.now()],
  ] as const;
  return (
    <div>
      <h3 className="font-semibold">{t.checklist}</h3>
      <ul className="mt-1 space-y-1">
        {steps.map(([step, done]) => {
          const Icon = done ? CheckCircleIcon : MinusCircleIcon;
          return (
            <li key={step} className="flex items-center gap-2">
              <Icon className={done ? "size-5 text-good" : "size-5 text-warn"} aria-hidden="true" />
              {step}
              <span className="sr-only">: {done ? t.done : t.missing}</span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

interface PublishProps extends EventDialog {
  dirty: boolean;
  onDone: () => void;
}

function PublishDialog({ event, onStored, reload, dirty, onDone, ...dialog }: PublishProps) {
  const locale = useLocale();
  const t = adminEvents[locale];
  const title = localized(locale, event, "title");
  const publish = async () => {
    const params = { path: { event_id: event.id } };
    const body = { version: event.version };
    try {
      onStored(await unwrap(api.POST("/admin/events/{event_id}/publish", { params, body })));
      onDone();
    } catch (error) {
      if (hasCode(error, "changed_meanwhile")) await reload();
      throw error;
    }
  };
  return (
    <Confirm
      {...dialog}
      title={fill(t.publishTitle, { title })}
      action={t.publish}
      onConfirm={publish}
    >
      <p>{t.publishLead}</p>
      {dirty && <Alert kind="warning">{t.publishUnsaved}</Alert>}
    </Confirm>
  );
}

function DeleteDialog({ event, open, onClose }: EventDialog) {
  const locale = useLocale();
  const t = adminEvents[locale];
  const title = localized(locale, event, "title");
  return (
    <Confirm
      open={open}
      onClose={onClose}
      danger
      title={fill(t.deleteTitle, { title })}
      action={t.deleteDraft}
      onConfirm={async () => {
        const params = { path: { event_id: event.id } };
        await unwrap(api.DELETE("/admin/events/{event_id}", { params }));
        location.assign(href(locale, "/admin/events/"));
      }}
    >
      <p>{t.deleteLead}</p>
    </Confirm>
  );
}
