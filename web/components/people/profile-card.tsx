"use client";

import { useState } from "react";
import { api } from "@/lib/api";
import { useZodForm } from "@/lib/forms";
import { useLocale } from "@/lib/locale";
import { unwrap } from "@/lib/problem";
import { type Person, updatePerson } from "@/lib/session";
import { account } from "@/messages/account";
import { people } from "@/messages/people";
import { Alert } from "../ui/alert";
import { SelectField, TextField } from "../ui/field";
import { Form } from "../ui/form";
import { LanguageOptions } from "../ui/language-options";
import { Submit } from "../ui/submit";
import { SectionCard } from "./section-card";

export function ProfileCard({ person }: { person: Person }) {
  const locale = useLocale();
  const t = account[locale];
  const form = useZodForm(() => import("./schemas").then((all) => all.profile), {
    name: person.name,
    locale: person.locale,
  });
  const [saved, setSaved] = useState(false);
  return (
    <SectionCard title={t.profile}>
      <Form
        form={form}
        onSubmit={async (body) => {
          setSaved(false);
          updatePerson(await unwrap(api.PATCH("/me", { body })));
          setSaved(true);
        }}
      >
        <TextField name="name" label={people[locale].name} autoComplete="name" />
        <SelectField name="locale" label={t.language}>
          <LanguageOptions />
        </SelectField>
        <Submit>{t.save}</Submit>
        {saved && <Alert kind="success">{t.saved}</Alert>}
      </Form>
    </SectionCard>
  );
}
