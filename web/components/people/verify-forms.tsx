"use client";

import { useState } from "react";
import { useZodForm } from "@/lib/forms";
import { useLocale } from "@/lib/locale";
import { people } from "@/messages/people";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { Form } from "../ui/form";
import { PasswordField } from "../ui/password-field";
import { Submit } from "../ui/submit";

interface VerifyFormsProps {
  confirm: (proof: { password: string } | { new_password: string }) => Promise<void>;
}

/** The password of the account, or a new one for who did not choose it. */
export function VerifyForms({ confirm }: VerifyFormsProps) {
  const t = people[useLocale()];
  const [fresh, setFresh] = useState(false);
  const old = useZodForm(() => import("./schemas").then((all) => all.knownPassword), {
    password: "",
  });
  const next = useZodForm(() => import("./schemas").then((all) => all.freshPassword), {
    new_password: "",
  });
  if (fresh) {
    return (
      <Card className="space-y-5">
        <p>{t.verifyNewLead}</p>
        <Form form={next} onSubmit={confirm}>
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
  }
  return (
    <Card className="space-y-5">
      <p>{t.verifyPasswordLead}</p>
      <Form form={old} onSubmit={confirm}>
        <PasswordField name="password" label={t.password} autoComplete="current-password" />
        <Submit>{t.verifyConfirm}</Submit>
      </Form>
      <Button variant="quiet" wide onClick={() => setFresh(true)}>
        {t.verifyUnknownPassword}
      </Button>
    </Card>
  );
}
