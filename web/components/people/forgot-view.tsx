"use client";

import { useState } from "react";
import { api } from "@/lib/api";
import { useZodForm } from "@/lib/forms";
import { useLocale } from "@/lib/locale";
import { unwrap } from "@/lib/problem";
import { people } from "@/messages/people";
import { Alert } from "../ui/alert";
import { Card } from "../ui/card";
import { Form } from "../ui/form";
import { Page, PageHeader } from "../ui/page";
import { Submit } from "../ui/submit";
import { EmailField } from "./register-fields";

export function ForgotView() {
  const t = people[useLocale()];
  const form = useZodForm(() => import("./schemas").then((all) => all.forgotten), { email: "" });
  const [sent, setSent] = useState(false);
  return (
    <Page width="narrow">
      <PageHeader title={t.forgotTitle} lead={sent ? undefined : t.forgotLead} />
      {sent ? (
        <Alert kind="success">
          <p>{t.forgotDone}</p>
        </Alert>
      ) : (
        <Card>
          <Form
            form={form}
            onSubmit={async (body) => {
              await unwrap(api.POST("/auth/forgot-password", { body }));
              setSent(true);
            }}
          >
            <EmailField />
            <Submit>{t.forgotSend}</Submit>
          </Form>
        </Card>
      )}
    </Page>
  );
}
