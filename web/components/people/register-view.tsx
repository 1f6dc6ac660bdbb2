"use client";

import { api } from "@/lib/api";
import { useZodForm } from "@/lib/forms";
import { href } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { nextPage } from "@/lib/next-page";
import { unwrap } from "@/lib/problem";
import { signIn } from "@/lib/session";
import { site } from "@/lib/site";
import { people } from "@/messages/people";
import { Card } from "../ui/card";
import { Form } from "../ui/form";
import { Page, PageHeader } from "../ui/page";
import { Submit } from "../ui/submit";
import { OtherWay } from "./other-way";
import { AccountFields, Consent } from "./register-fields";

const BLANK = { name: "", email: "", password: "", consent: false };

export function RegisterView() {
  const locale = useLocale();
  const t = people[locale];
  const form = useZodForm(() => import("./schemas").then((all) => all.registration), BLANK);
  return (
    <Page width="narrow">
      <PageHeader title={t.registerTitle} lead={t.registerLead} />
      <Card>
        <Form
          form={form}
          onSubmit={async ({ name, email, password }) => {
            const { terms_version } = await site();
            const body = { name, email, password, locale, terms_version };
            const auth = await unwrap(api.POST("/auth/register", { body }));
            signIn(auth);
            location.assign(nextPage(location.search, auth.person, locale));
          }}
        >
          <AccountFields />
          <Consent />
          <Submit>{t.createAccount}</Submit>
        </Form>
      </Card>
      <OtherWay question={t.haveAccount} answer={t.login} path={href(locale, "/login/")} />
    </Page>
  );
}
