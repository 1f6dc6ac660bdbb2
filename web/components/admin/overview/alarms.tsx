"use client";

import { moment } from "@/lib/format";
import { useLocale } from "@/lib/locale";
import { admin } from "@/messages/admin";
import { adminOverview } from "@/messages/admin-overview";
import { Rows } from "../data-list";
import type { Overview } from "./overview";

export function Alarms({ alarms }: Pick<Overview, "alarms">) {
  const locale = useLocale();
  const t = adminOverview[locale];
  return (
    <section className="space-y-3">
      <h2 className="text-xl font-bold">{t.alarms}</h2>
      {alarms.length === 0 ? (
        <p className="text-muted">{t.alarmsNone}</p>
      ) : (
        <Rows
          caption={t.alarms}
          rows={alarms}
          columns={[
            { label: t.alarm, cell: ({ type }) => <code className="text-bad">{type}</code> },
            {
              label: t.detail,
              cell: ({ detail }) => <span className="break-words">{detail}</span>,
            },
            { label: admin[locale].when, cell: ({ at }) => moment(at, locale) },
          ]}
        />
      )}
    </section>
  );
}
