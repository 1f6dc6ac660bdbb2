"use client";

import { ClipboardDocumentListIcon } from "@heroicons/react/24/outline";
import { api, type Schemas } from "@/lib/api";
import { moment, number } from "@/lib/format";
import { href, type Locale } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { unwrap } from "@/lib/problem";
import { usePages } from "@/lib/use-pages";
import { admin } from "@/messages/admin";
import { adminAudit } from "@/messages/admin-audit";
import { PageHeader } from "../../ui/page";
import { AdminPage } from "../admin-page";
import { type Column, DataList } from "../data-list";
import { Nothing } from "../nothing";

type Entry = Schemas["Audit"];
type Value = Schemas["Change"]["before"];

const CHARS = 80;

export function AuditView() {
  const t = adminAudit[useLocale()];
  return (
    <AdminPage section="audit">
      <PageHeader title={t.title} lead={t.lead} />
      <AuditList />
    </AdminPage>
  );
}

function AuditList() {
  const t = adminAudit[useLocale()];
  const list = usePages<Entry>("audit", (cursor) =>
    unwrap(api.GET("/admin/audit", { params: { query: { cursor } } })),
  );
  return (
    <DataList
      list={list}
      caption={t.title}
      columns={useColumns()}
      empty={<Nothing icon={ClipboardDocumentListIcon} title={t.none} clear={null} />}
    />
  );
}

function useColumns(): [Column<Entry>, ...Column<Entry>[]] {
  const locale = useLocale();
  const t = adminAudit[locale];
  const words: Record<string, string> = t.actions;
  return [
    { label: t.what, cell: ({ action }) => words[action] ?? action },
    {
      label: admin[locale].when,
      cell: ({ at }) => <span className="md:whitespace-nowrap">{moment(at, locale)}</span>,
    },
    {
      label: t.who,
      cell: ({ person_email }) => (
        <span className="wrap-anywhere md:wrap-break-word">{person_email ?? t.system}</span>
      ),
    },
    {
      label: t.detail,
      cell: (entry) => (entry.detail || entry.changes.length > 0 ? <Detail {...entry} /> : null),
    },
    { label: t.subject, cell: (entry) => <Subject {...entry} /> },
  ];
}

/** What was said of it, and each field that changed: "Venue: Old Hall → New Hall". */
function Detail({ detail, changes }: Entry) {
  const locale = useLocale();
  const fields: Record<string, string> = adminAudit[locale].fields;
  return (
    <div className="space-y-1 wrap-anywhere">
      {detail && <p>{detail}</p>}
      {changes.map(({ field, before, after }) => (
        <p key={field}>
          {fields[field] ?? field}: {told(field, before, locale)} → {told(field, after, locale)}
        </p>
      ))}
    </div>
  );
}

/** A way to what it is about, where there is a page for it. */
function Subject({ action, subject_id }: Entry) {
  const locale = useLocale();
  const path = subjectPath(action, subject_id);
  if (!path) return <code className="text-sm wrap-anywhere text-muted">{subject_id}</code>;
  return (
    <a className="text-brand underline underline-offset-4" href={href(locale, path)}>
      {adminAudit[locale].open}
    </a>
  );
}

function subjectPath(action: string, id: string): `/${string}` | null {
  if (action === "event.delete") return null;
  if (action.startsWith("event.")) return `/admin/events/edit/?id=${id}`;
  return action.startsWith("order.") || action === "refund.done" ? `/admin/orders/?id=${id}` : null;
}

/** A value in words; a long text by its beginning. */
function told(field: string, value: Value, locale: Locale): string {
  const t = adminAudit[locale];
  if (value === null) return t.nothing;
  if (typeof value === "boolean") return value ? t.yes : t.no;
  if (typeof value === "number") return number(value, locale);
  const text = typeof value === "string" ? value : Object.values(value).join(" / ");
  if (field.endsWith("_at")) return moment(text, locale);
  return text.length > CHARS ? `${text.slice(0, CHARS)}…` : text || t.nothing;
}
