"use client";

import { api } from "@/lib/api";
import { number } from "@/lib/format";
import { useZodForm } from "@/lib/forms";
import { fill, localized } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { hasCode, unwrap } from "@/lib/problem";
import { admin } from "@/messages/admin";
import { adminEvents } from "@/messages/admin-events";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { TextField } from "../../ui/field";
import { Form } from "../../ui/form";
import { Submit } from "../../ui/submit";
import type { EventDialog } from "./event-part";

/** Calls an event off: says what will happen, and asks for its title as proof. */
export function CancelDialog({ open, onClose, ...part }: EventDialog) {
  const locale = useLocale();
  const title = localized(locale, part.event, "title");
  return (
    <Dialog title={fill(adminEvents[locale].cancelTitle, { title })} open={open} onClose={onClose}>
      <CancelForm {...part} onClose={onClose} />
    </Dialog>
  );
}

function CancelForm({ event, onStored, reload, onClose }: Omit<EventDialog, "open">) {
  const locale = useLocale();
  const t = adminEvents[locale];
  const form = useZodForm(() => import("./schemas").then((all) => all.cancellation), {
    confirm_title: "",
  });
  const sold = event.ticket_types.reduce((sum, kind) => sum + kind.sold, 0);
  const cancel = async ({ confirm_title }: { confirm_title: string }) => {
    const params = { path: { event_id: event.id } };
    const body = { version: event.version, confirm_title };
    try {
      onStored(await unwrap(api.POST("/admin/events/{event_id}/cancel", { params, body })));
    } catch (error) {
      if (hasCode(error, "changed_meanwhile")) await reload();
      throw error;
    }
  };
  return (
    <Form form={form} onSubmit={cancel}>
      <div>
        <p>{t.cancelLead}</p>
        <ul className="mt-2 list-disc space-y-1 pl-6">
          <li>{t.cancelSales}</li>
          <li>{fill(t.cancelRefunds, { sold: number(sold, locale) })}</li>
          <li>{t.cancelEmails}</li>
          <li>{t.cancelPage}</li>
        </ul>
      </div>
      <TextField
        name="confirm_title"
        label={fill(t.cancelConfirm, { title: localized(locale, event, "title") })}
        autoComplete="off"
        spellCheck={false}
      />
      <div className="flex flex-wrap gap-2">
        <Submit variant="danger" size="medium" wide={false}>
          {t.cancelDo}
        </Submit>
        <Button variant="secondary" onClick={onClose}>
          {admin[locale].goBack}
        </Button>
      </div>
    </Form>
  );
}
