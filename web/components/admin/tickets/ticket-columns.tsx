"use client";

import { useState } from "react";
import { api, type Schemas } from "@/lib/api";
import { moment } from "@/lib/format";
import { fill, href, localized } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { unwrap } from "@/lib/problem";
import { admin } from "@/messages/admin";
import { adminTickets } from "@/messages/admin-tickets";
import { Button } from "../../ui/button";
import type { Column } from "../data-list";
import { StatusBadge } from "../status-badge";
import type { TicketResult } from "./ticket-news";

type Ticket = Schemas["TicketRow"];

/** The gate that stands in the log for a check-in from this page. */
const OFFICE = "office";

interface Actions {
  onUsed: (ticket: Ticket, result: TicketResult) => void;
  onUndo: (ticket: Ticket) => void;
}

export function useTicketColumns(actions: Actions): [Column<Ticket>, ...Column<Ticket>[]] {
  const locale = useLocale();
  const t = adminTickets[locale];
  return [
    {
      label: t.attendee,
      cell: ({ attendee, email }) => (
        <>
          {attendee}
          <span className="block text-sm font-normal break-all text-muted md:min-w-44">
            {email}
          </span>
        </>
      ),
    },
    { label: t.type, cell: (ticket) => localized(locale, ticket, "type_name") },
    {
      label: t.order,
      cell: ({ order_id, order_number }) => (
        <a
          className="font-mono text-brand underline underline-offset-4"
          href={href(locale, `/admin/orders/?id=${order_id}`)}
        >
          {order_number}
        </a>
      ),
    },
    {
      label: admin[locale].status,
      cell: ({ status, used_at, used_gate }) => (
        <>
          <StatusBadge status={status} />
          {used_at && (
            <span className="block text-sm text-muted">
              {fill(t.usedBy, { when: moment(used_at, locale), gate: used_gate ?? "" })}
            </span>
          )}
        </>
      ),
    },
    {
      label: admin[locale].actions,
      cell: (ticket) => <Action ticket={ticket} {...actions} />,
    },
  ];
}

function Action({ ticket, onUsed, onUndo }: Actions & { ticket: Ticket }) {
  const t = adminTickets[useLocale()];
  if (ticket.status === "void" || ticket.status === "frozen") return null;
  if (ticket.status === "valid") return <UseButton ticket={ticket} onUsed={onUsed} />;
  return (
    <Button
      variant="secondary"
      size="small"
      aria-label={`${t.undo}: ${ticket.attendee}`}
      onClick={() => onUndo(ticket)}
    >
      {t.undo}
    </Button>
  );
}

function UseButton({ ticket, onUsed }: Pick<Actions, "onUsed"> & { ticket: Ticket }) {
  const t = adminTickets[useLocale()];
  const [busy, setBusy] = useState(false);
  const [scanId] = useState(() => crypto.randomUUID());
  const name = ticket.attendee;
  const use = async () => {
    setBusy(true);
    try {
      const params = { path: { ticket_id: ticket.id } };
      const body = { scan_id: scanId, gate: OFFICE };
      const scan = await unwrap(api.POST("/tickets/{ticket_id}/use", { params, body }));
      onUsed(afterScan(ticket, scan), { kind: "scan", name, scan });
    } catch (error) {
      onUsed(ticket, { kind: "failed", error });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button
      variant="secondary"
      size="small"
      busy={busy}
      aria-label={`${t.use}: ${name}`}
      onClick={() => void use()}
    >
      {t.use}
    </Button>
  );
}

function afterScan(ticket: Ticket, { verdict, used_at, used_gate }: Schemas["Scan"]): Ticket {
  if (verdict === "void" || verdict === "frozen") return { ...ticket, status: verdict };
  const used = verdict === "admitted" || verdict === "already_used";
  return used ? { ...ticket, status: "used", used_at, used_gate } : ticket;
}
