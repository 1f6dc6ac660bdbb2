"use client";

import type { Schemas } from "@/lib/api";
import { moment } from "@/lib/format";
import { fill } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { useSession } from "@/lib/session";
import { admin } from "@/messages/admin";
import { adminPeople } from "@/messages/admin-people";
import { Badge } from "../../ui/badge";
import { Button } from "../../ui/button";
import type { Column } from "../data-list";

type Person = Schemas["PersonRow"];
export interface Asked {
  what: "role" | "access";
  person: Person;
}

export function usePeopleColumns(
  ask: (asked: Asked) => void,
): [Column<Person>, ...Column<Person>[]] {
  const locale = useLocale();
  const t = adminPeople[locale];
  const self = useSession()?.person.id;
  return [
    {
      label: admin[locale].name,
      cell: ({ id, name, email }) => (
        <>
          {name} {id === self && <Badge tone="info">{t.you}</Badge>}
          <span className="block text-sm font-normal break-all text-muted md:min-w-44">
            {email}
          </span>
        </>
      ),
    },
    { label: t.role, cell: ({ role }) => t[role] },
    {
      label: admin[locale].status,
      cell: ({ disabled, verified }) => (
        <span className="inline-flex flex-wrap gap-1 @3xs:justify-end md:justify-start">
          <Badge tone={disabled ? "bad" : "good"}>{disabled ? t.disabled : t.active}</Badge>
          {!verified && <Badge tone="warn">{t.unverified}</Badge>}
        </span>
      ),
    },
    { label: t.joined, cell: ({ created_at }) => moment(created_at, locale) },
    {
      label: admin[locale].actions,
      cell: (person) => {
        const { name, disabled } = person;
        return (
          <span className="inline-flex flex-wrap gap-2 @3xs:justify-end md:justify-start">
            <Button
              variant="secondary"
              size="small"
              aria-label={`${t.changeRole}: ${name}`}
              onClick={() => ask({ what: "role", person })}
            >
              {t.changeRole}
            </Button>
            <Button
              variant="secondary"
              size="small"
              aria-label={fill(disabled ? t.enableOf : t.disableOf, { name })}
              onClick={() => ask({ what: "access", person })}
            >
              {disabled ? t.enable : t.disable}
            </Button>
          </span>
        );
      },
    },
  ];
}
