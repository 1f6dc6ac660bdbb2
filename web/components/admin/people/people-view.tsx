"use client";

import { UsersIcon } from "@heroicons/react/24/outline";
import { useState } from "react";
import { api, type Schemas } from "@/lib/api";
import { useLocale } from "@/lib/locale";
import { unwrap } from "@/lib/problem";
import { oneOf, useFilters } from "@/lib/use-filters";
import { usePages } from "@/lib/use-pages";
import { adminPeople } from "@/messages/admin-people";
import { Alert } from "../../ui/alert";
import { PageHeader } from "../../ui/page";
import { AdminPage } from "../admin-page";
import { DataList } from "../data-list";
import { Filters, SearchFilter, SelectFilter } from "../filters";
import { Nothing } from "../nothing";
import { AccessDialog } from "./access-dialog";
import { type Asked, usePeopleColumns } from "./people-columns";
import { RoleDialog } from "./role-dialog";

type Person = Schemas["PersonRow"];
const ROLES = ["user", "volunteer", "admin"] as const;

export function PeopleView() {
  return (
    <AdminPage section="people">
      <PageHeader title={adminPeople[useLocale()].title} />
      <PeopleList />
    </AdminPage>
  );
}

function PeopleList() {
  const t = adminPeople[useLocale()];
  const { values, key, active, change, clear } = useFilters("role", "q");
  const [asked, setAsked] = useState<Asked | null>(null);
  const [changed, setChanged] = useState<Record<string, Person>>({});
  const [news, setNews] = useState("");
  const list = usePages<Person>(key, (cursor) => {
    const query = { role: oneOf(ROLES, values.role), q: values.q || undefined, cursor };
    return unwrap(api.GET("/admin/people", { params: { query } }));
  });
  const items = list.items.map((person) => changed[person.id] ?? person);
  const dialog = {
    onClose: () => setAsked(null),
    onDone: (person: Person, words: string) => {
      setChanged((old) => ({ ...old, [person.id]: person }));
      setNews(words);
    },
  };
  return (
    <>
      <Filters>
        <SelectFilter
          label={t.role}
          value={values.role}
          options={ROLES.map((role) => [role, t[role]] as const)}
          onChange={(role) => change({ role })}
        />
        <SearchFilter label={t.searchLabel} query={values.q} onSearch={(q) => change({ q })} />
      </Filters>
      <div role="status" className="mb-3">
        {news && <Alert kind="success">{news}</Alert>}
      </div>
      <DataList
        list={{ ...list, items }}
        caption={t.title}
        columns={usePeopleColumns(setAsked)}
        empty={<Nothing icon={UsersIcon} title={t.none} clear={active ? clear : null} />}
      />
      <RoleDialog person={asked?.what === "role" ? asked.person : null} {...dialog} />
      <AccessDialog person={asked?.what === "access" ? asked.person : null} {...dialog} />
    </>
  );
}
