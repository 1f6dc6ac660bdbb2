"use client";

import { api } from "@/lib/api";
import { useZodForm } from "@/lib/forms";
import { useLocale } from "@/lib/locale";
import { unwrap } from "@/lib/problem";
import { admin } from "@/messages/admin";
import { adminTickets } from "@/messages/admin-tickets";
import { Button } from "../../ui/button";
import { TextField } from "../../ui/field";
import { Form } from "../../ui/form";
import { Submit } from "../../ui/submit";
import type { Ticket, UndoPart } from "./undo-part";

export default function UndoForm({ ticket, onClose, onUndone }: UndoPart & { ticket: Ticket }) {
  const locale = useLocale();
  const t = adminTickets[locale];
  const form = useZodForm(() => import("../orders/schemas").then((all) => all.undo), {
    reason: "",
  });
  return (
    <Form
      form={form}
      onSubmit={async (body) => {
        const params = { path: { ticket_id: ticket.id } };
        await unwrap(api.POST("/tickets/{ticket_id}/undo", { params, body }));
        const fresh: Ticket = { ...ticket, status: "valid", used_at: null, used_gate: null };
        onUndone(fresh, { kind: "undone", name: ticket.attendee });
        onClose();
      }}
    >
      <p>{t.undoLead}</p>
      <TextField name="reason" label={t.reason} />
      <div className="flex flex-wrap gap-2">
        <Submit size="medium" wide={false}>
          {t.undoDo}
        </Submit>
        <Button variant="secondary" onClick={onClose}>
          {admin[locale].goBack}
        </Button>
      </div>
    </Form>
  );
}
