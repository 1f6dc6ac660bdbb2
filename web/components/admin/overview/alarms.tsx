"use client";

import { moment, number } from "@/lib/format";
import { fill } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { adminOverview } from "@/messages/admin-overview";
import { Rows } from "../data-list";
import type { Overview } from "./overview";
import { ResolveButton } from "./resolve-button";
import { SendAgainButton } from "./send-again-button";

const EMAILS_GIVEN_UP = "email.given_up";

interface AlarmsProps extends Pick<Overview, "alarms"> {
  onResolved: () => void;
}

export function Alarms({ alarms, onResolved }: AlarmsProps) {
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
            { label: t.alarm, cell: ({ kind }) => <code className="text-bad">{kind}</code> },
            {
              label: t.detail,
              cell: ({ detail }) => <span className="break-words">{detail}</span>,
            },
            {
              label: t.seen,
              cell: ({ count, first_at, last_at }) => (
                <>
                  {moment(last_at, locale)}
                  {count > 1 && (
                    <span className="block text-muted">
                      {fill(t.seenOften, {
                        count: number(count, locale),
                        first: moment(first_at, locale),
                      })}
                    </span>
                  )}
                </>
              ),
            },
            {
              label: t.resolve,
              cell: (alarm) => (
                <>
                  {alarm.kind === EMAILS_GIVEN_UP && <SendAgainButton onSent={onResolved} />}
                  {alarm.resolvable && <ResolveButton alarm={alarm} onResolved={onResolved} />}
                </>
              ),
            },
          ]}
        />
      )}
    </section>
  );
}
