"use client";

import { api } from "@/lib/api";
import { fill } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { unwrap } from "@/lib/problem";
import { useSession } from "@/lib/session";
import { adminPeople } from "@/messages/admin-people";
import { Alert } from "../../ui/alert";
import { Confirm } from "../confirm";
import type { PersonDialogProps } from "./role-dialog";

/** Shuts an account, or opens it again. */
export function AccessDialog({ person, onClose, onDone }: PersonDialogProps) {
  const t = adminPeople[useLocale()];
  const self = useSession()?.person.id;
  const name = person?.name ?? "";
  const disabled = person?.disabled ?? false;
  return (
    <Confirm
      open={person !== null}
      danger={!disabled}
      onClose={onClose}
      title={fill(disabled ? t.enableTitle : t.disableTitle, { name })}
      action={fill(disabled ? t.enableOf : t.disableOf, { name })}
      onConfirm={async () => {
        if (!person) return;
        const params = { path: { person_id: person.id } };
        const asked = disabled
          ? api.POST("/admin/people/{person_id}/enable", { params })
          : api.POST("/admin/people/{person_id}/disable", { params });
        onDone(await unwrap(asked), fill(disabled ? t.enableDone : t.disableDone, { name }));
      }}
    >
      <p>{disabled ? t.enableLead : t.disableLead}</p>
      {person?.id === self && !disabled && <Alert kind="warning">{t.roleSelf}</Alert>}
    </Confirm>
  );
}
