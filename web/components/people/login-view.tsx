"use client";

import { api } from "@/lib/api";
import { useZodForm } from "@/lib/forms";
import { href } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { nextPage } from "@/lib/next-page";
import { unwrap } from "@/lib/problem";
import { signIn } from "@/lib/session";
import { people } from "@/messages/people";
import { Card } from "../ui/card";
import { Form } from "../ui/form";
import { Page, PageHeader } from "../ui/page";
import { PasswordField } from "../ui/password-field";
import { Submit } from "../ui/submit";
import { OtherWay } from "./other-way";
import { EmailField } from "./register-fields";

export function LoginView() {
  const locale = useLocale();
  const t = people[locale];
  const form = useZodForm(() => import("./schemas").then((all) => all.login), {
    email: "",
    password: "",
  });
  return (
    <Page width="narrow">
      <PageHeader title={t.loginTitle} />
      <Card>
        <Form
          form={form}
          onSubmit={async (body) => {
            const auth = await unwrap(api.POST("/auth/login", { body }));
            signIn(auth);
            location.assign(nextPage(location.search, auth.person, locale));
          }}
        >
          <EmailField />
          <PasswordField name="password" label={t.password} autoComplete="current-password" />
          <Submit>{t.login}</Submit>
          <div className="flex flex-wrap gap-x-6">
            <a
              className="inline-flex min-h-11 items-center text-brand underline"
              href={href(locale, "/login-link/")}
            >
              {t.loginLinkAsk}
            </a>
            <a
              className="inline-flex min-h-11 items-center text-brand underline"
              href={href(locale, "/forgot/")}
            >
              {t.forgotLink}
            </a>
          </div>
        </Form>
      </Card>
      <OtherWay question={t.noAccount} answer={t.createAccount} path={href(locale, "/register/")} />
    </Page>
  );
}
