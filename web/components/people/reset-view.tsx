"use client";

import { useState } from "react";
import { api } from "@/lib/api";
import { useZodForm } from "@/lib/forms";
import { href } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { unwrap } from "@/lib/problem";
import { type Person, signIn } from "@/lib/session";
import { dropFragment, useFragment } from "@/lib/use-address";
import { people } from "@/messages/people";
import { Alert } from "../ui/alert";
import { ButtonLink } from "../ui/button";
import { Card } from "../ui/card";
import { Form } from "../ui/form";
import { Page, PageHeader } from "../ui/page";
import { PasswordField } from "../ui/password-field";
import { Submit } from "../ui/submit";
import { Done } from "./done";

/** Opened by the link of the letter: its secret stands in the fragment. */
export function ResetView() {
  const locale = useLocale();
  const t = people[locale];
  const token = useFragment();
  const form = useZodForm(() => import("./schemas").then((all) => all.freshPassword), {
    new_password: "",
  });
  const [person, setPerson] = useState<Person | null>(null);
  const body = () => {
    if (person) return <Done person={person}>{t.resetDone}</Done>;
    if (token === "") {
      return (
        <Alert kind="error">
          <p>{t.linkIncomplete}</p>
          <ButtonLink variant="secondary" href={href(locale, "/forgot/")}>
            {t.askNewLink}
          </ButtonLink>
        </Alert>
      );
    }
    return (
      <Card>
        <Form
          form={form}
          onSubmit={async (values) => {
            const sent = { ...values, token: token ?? "" };
            const auth = await unwrap(api.POST("/auth/reset-password", { body: sent }));
            dropFragment();
            signIn(auth);
            setPerson(auth.person);
          }}
        >
          <PasswordField
            name="new_password"
            label={t.newPassword}
            hint={t.newPasswordHint}
            autoComplete="new-password"
          />
          <Submit>{t.resetSave}</Submit>
        </Form>
      </Card>
    );
  };
  return (
    <Page width="narrow">
      <PageHeader title={t.resetTitle} />
      {body()}
    </Page>
  );
}
