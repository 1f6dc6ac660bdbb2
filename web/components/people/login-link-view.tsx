"use client";

import { useState } from "react";
import { api } from "@/lib/api";
import { useZodForm } from "@/lib/forms";
import { useLocale } from "@/lib/locale";
import { nextPage } from "@/lib/next-page";
import { unwrap } from "@/lib/problem";
import { signIn } from "@/lib/session";
import { dropFragment, useFragment } from "@/lib/use-address";
import { people } from "@/messages/people";
import { Alert } from "../ui/alert";
import { Card } from "../ui/card";
import { Form } from "../ui/form";
import { Page, PageHeader } from "../ui/page";
import { Submit } from "../ui/submit";
import { EmailField } from "./register-fields";

/** With the secret of an emailed link: a button that logs in. Without: asks for such a link. */
export function LoginLinkView() {
  const t = people[useLocale()];
  const token = useFragment();
  return (
    <Page width="narrow">
      <PageHeader title={t.loginLinkTitle} lead={token ? t.loginLinkPress : t.loginLinkLead} />
      {token ? <UseLink token={token} /> : <AskForLink />}
    </Page>
  );
}

/** Mail scanners open links, and would use this one up: hence a button. */
function UseLink({ token }: { token: string }) {
  const locale = useLocale();
  const form = useZodForm(() => import("./schemas").then((all) => all.nothing), {});
  return (
    <Card>
      <Form
        form={form}
        onSubmit={async () => {
          const auth = await unwrap(api.POST("/auth/login-by-link", { body: { token } }));
          dropFragment();
          signIn(auth);
          location.assign(nextPage("", auth.person, locale));
        }}
      >
        <Submit>{people[locale].login}</Submit>
      </Form>
    </Card>
  );
}

function AskForLink() {
  const t = people[useLocale()];
  const form = useZodForm(() => import("./schemas").then((all) => all.forgotten), { email: "" });
  const [sent, setSent] = useState(false);
  if (sent) {
    return (
      <Alert kind="success">
        <p>{t.loginLinkDone}</p>
      </Alert>
    );
  }
  return (
    <Card>
      <Form
        form={form}
        onSubmit={async (body) => {
          await unwrap(api.POST("/auth/login-link", { body }));
          setSent(true);
        }}
      >
        <EmailField />
        <Submit>{t.forgotSend}</Submit>
      </Form>
    </Card>
  );
}
