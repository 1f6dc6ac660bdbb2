"use client";

import { useEffect, useState } from "react";
import { api, type Schemas } from "@/lib/api";
import { fill } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { hasCode, unwrap } from "@/lib/problem";
import { useSession } from "@/lib/session";
import { adminPeople } from "@/messages/admin-people";
import { Alert } from "../../ui/alert";
import { Confirm } from "../confirm";

type Person = Schemas["PersonRow"];
const ROLES = ["user", "volunteer", "admin"] as const;

export interface PersonDialogProps {
  /** Null keeps it closed. */
  person: Person | null;
  onClose: () => void;
  onDone: (person: Person, words: string) => void;
}

export function RoleDialog({ person, onClose, onDone }: PersonDialogProps) {
  const t = adminPeople[useLocale()];
  const self = useSession()?.person.id;
  const [role, setRole] = useState<Person["role"]>("user");
  useEffect(() => {
    if (person) setRole(person.role);
  }, [person]);
  const name = person?.name ?? "";
  return (
    <Confirm
      open={person !== null}
      onClose={onClose}
      title={fill(t.roleTitle, { name })}
      action={t.roleSave}
      words={(error) => (hasCode(error, "not_verified") ? t.notVerified : undefined)}
      onConfirm={async () => {
        if (!person) return;
        const params = { path: { person_id: person.id } };
        const asked = api.PUT("/admin/people/{person_id}/role", { params, body: { role } });
        onDone(await unwrap(asked), fill(t.roleDone, { name, role: t[role] }));
      }}
    >
      <fieldset className="min-w-0 space-y-2">
        <legend className="sr-only">{t.role}</legend>
        {ROLES.map((each) => (
          <label
            key={each}
            className="flex items-start gap-3 rounded-xl border border-line p-3 has-checked:border-brand has-checked:bg-brand-soft"
          >
            <input
              type="radio"
              name="role"
              checked={role === each}
              onChange={() => setRole(each)}
              className="mt-1 size-5 shrink-0 accent-brand"
            />
            <span>
              <span className="block font-semibold">{t[each]}</span>
              <span className="text-sm text-muted">{t.roleHelp[each]}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <p className="text-muted">{t.roleLead}</p>
      {person?.id === self && <Alert kind="warning">{t.roleSelf}</Alert>}
    </Confirm>
  );
}
