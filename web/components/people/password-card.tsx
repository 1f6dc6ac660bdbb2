"use client";

import { useState } from "react";
import { api } from "@/lib/api";
import { useZodForm } from "@/lib/forms";
import { useLocale } from "@/lib/locale";
import { unwrap } from "@/lib/problem";
import { signIn } from "@/lib/session";
import { account } from "@/messages/account";
import { people } from "@/messages/people";
import { Alert } from "../ui/alert";
import { Form } from "../ui/form";
import { PasswordField } from "../ui/password-field";
import { Submit } from "../ui/submit";
import { SectionCard } from "./section-card";

const BLANK = { current_password: "", new_password: "" };

export function PasswordCard() {
  const locale = useLocale();
  const t = account[locale];
  const form = useZodForm(() => import("./schemas").then((all) => all.passwordChange), BLANK);
  const [done, setDone] = useState(false);
  return (
    <SectionCard title={t.passwordTitle}>
      <Form
        form={form}
        onSubmit={async (body) => {
          setDone(false);
          signIn(await unwrap(api.POST("/me/password", { body })));
          form.reset(BLANK);
          setDone(true);
        }}
      >
        <PasswordField
          name="current_password"
          label={people[locale].currentPassword}
          autoComplete="current-password"
        />
        <PasswordField
          name="new_password"
          label={people[locale].newPassword}
          hint={people[locale].newPasswordHint}
          autoComplete="new-password"
        />
        <Submit>{t.changePassword}</Submit>
        {done && <Alert kind="success">{t.changePasswordDone}</Alert>}
      </Form>
    </SectionCard>
  );
}
