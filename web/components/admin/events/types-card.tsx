"use client";

import { TicketIcon } from "@heroicons/react/24/outline";
import { useState } from "react";
import type { Schemas } from "@/lib/api";
import { date, money, number, time } from "@/lib/format";
import { fill, localized } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { admin } from "@/messages/admin";
import { adminEvents } from "@/messages/admin-events";
import { Badge } from "../../ui/badge";
import { Button } from "../../ui/button";
import { Card } from "../../ui/card";
import { Dialog } from "../../ui/dialog";
import { EmptyState } from "../../ui/empty-state";
import { type Column, Rows } from "../data-list";
import type { EventPart } from "./event-part";
import { TypeForm } from "./type-form";

type TicketType = Schemas["TicketTypeAdmin"];

/** What can be bought, how much of it is gone, and the form for each. */
export function TypesCard({ event, reload }: EventPart) {
  const locale = useLocale();
  const t = adminEvents[locale];
  const [asked, setAsked] = useState<string | null>(null);
  const kinds = [...event.ticket_types].sort((one, other) => one.position - other.position);
  const kind = kinds.find(({ id }) => id === asked) ?? null;
  const columns = useColumns(event, setAsked);
  const close = () => setAsked(null);
  return (
    <>
      <Card className="space-y-4">
        <div className="flex flex-wrap items-center justify-between gap-2">
          <h2 className="text-xl font-bold">{t.types}</h2>
          <Button variant="secondary" size="small" onClick={() => setAsked("new")}>
            {t.addType}
          </Button>
        </div>
        {kinds.length === 0 ? (
          <EmptyState icon={TicketIcon} title={t.typesNone}>
            <p>{t.typesNoneHint}</p>
          </EmptyState>
        ) : (
          <Rows caption={t.types} columns={columns} rows={kinds} />
        )}
      </Card>
      <Dialog
        title={kind ? fill(t.editTypeTitle, { name: localized(locale, kind, "name") }) : t.addType}
        open={asked !== null}
        onClose={close}
      >
        <TypeForm event={event} kind={kind} reload={reload} onDone={close} />
      </Dialog>
    </>
  );
}

function useColumns(
  event: EventPart["event"],
  edit: (id: string) => void,
): [Column<TicketType>, ...Column<TicketType>[]] {
  const locale = useLocale();
  const t = adminEvents[locale];
  return [
    { label: admin[locale].name, cell: (kind) => <NameAndWindow kind={kind} event={event} /> },
    {
      label: t.price,
      numeric: true,
      cell: ({ price_cents }) =>
        price_cents ? money(price_cents, event.currency, locale) : t.free,
    },
    { label: t.sold, numeric: true, cell: ({ sold }) => number(sold, locale) },
    { label: t.held, numeric: true, cell: ({ held }) => number(held, locale) },
    {
      label: t.capacity,
      numeric: true,
      cell: ({ capacity, kept_back }) => (
        <>
          {number(capacity, locale)}
          {kept_back > 0 && (
            <span className="block text-sm text-muted">
              {fill(t.keptBackOf, { count: number(kept_back, locale) })}
            </span>
          )}
        </>
      ),
    },
    {
      label: admin[locale].actions,
      cell: (kind) => (
        <Button
          variant="secondary"
          size="small"
          aria-label={fill(t.editTypeTitle, { name: localized(locale, kind, "name") })}
          onClick={() => edit(kind.id)}
        >
          {t.editType}
        </Button>
      ),
    },
  ];
}

function NameAndWindow({ kind, event }: { kind: TicketType; event: EventPart["event"] }) {
  const locale = useLocale();
  const t = adminEvents[locale];
  const at = (iso: string) =>
    `${date(iso, event.time_zone, locale)}, ${time(iso, event.time_zone, locale)}`;
  return (
    <>
      {localized(locale, kind, "name")} {kind.hidden && <Badge>{t.hiddenBadge}</Badge>}
      <span className="block text-sm font-normal text-muted">
        {[
          kind.sale_starts_at && fill(t.saleFrom, { date: at(kind.sale_starts_at) }),
          kind.sale_ends_at && fill(t.saleUntil, { date: at(kind.sale_ends_at) }),
        ]
          .filter(Boolean)
          .join(" · ")}
      </span>
    </>
  );
}
