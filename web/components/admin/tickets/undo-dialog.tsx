"use client";

import { lazy, Suspense } from "react";
import { fill } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { adminTickets } from "@/messages/admin-tickets";
import { Dialog } from "../../ui/dialog";
import { Loading } from "../../ui/spinner";
import type { Ticket, UndoPart } from "./undo-part";

const UndoForm = lazy(() => import("./undo-form"));

interface UndoDialogProps extends UndoPart {
  /** Null keeps it closed. */
  ticket: Ticket | null;
}

/** Takes a check-in back; the reason goes into the audit. */
export function UndoDialog({ ticket, onClose, onUndone }: UndoDialogProps) {
  const t = adminTickets[useLocale()];
  const title = fill(t.undoTitle, { name: ticket?.attendee ?? "" });
  return (
    <Dialog title={title} open={ticket !== null} onClose={onClose}>
      <Suspense fallback={<Loading />}>
        {ticket && <UndoForm ticket={ticket} onClose={onClose} onUndone={onUndone} />}
      </Suspense>
    </Dialog>
  );
}
