"use client";

import { useState } from "react";
import { api } from "@/lib/api";
import { useZodForm } from "@/lib/forms";
import { useLocale } from "@/lib/locale";
import { unwrap } from "@/lib/problem";
import type { Person } from "@/lib/session";
import { account } from "@/messages/account";
import { people } from "@/messages/people";
import { Alert } from "../ui/alert";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { TextField } from "../ui/field";
import { Form } from "../ui/form";
import { PasswordField } from "../ui/password-field";
import { Submit } from "../ui/submit";
import { SectionCard } from "./section-card";

const BLANK = { new_email: "", password: "" };

export function EmailCard({ person }: { person: Person }) {
  const t = account[useLocale()];
  const [changing, setChanging] = useState(false);
  return (
    <SectionCard title={t.emailTitle}>
      <p className="flex flex-wrap items-center gap-2 break-all">
        {person.email}{" "}
        <Badge tone={person.verified ? "good" : "warn"}>
          {person.verified ? t.confirmed : t.unconfirmed}
        </Badge>
      </p>
      {!person.verified && <SendAgain />}
      {changing ? (
        <ChangeEmail />
      ) : (
        <Button variant="secondary" onClick={() => setChanging(true)}>
          {t.changeEmail}
        </Button>
      )}
    </SectionCard>
  );
}

function SendAgain() {
  const t = account[useLocale()];
  const form = useZodForm(() => import("./schemas").then((all) => all.nothing), {});
  const [sent, setSent] = useState(false);
  if (sent) return <Alert kind="success">{t.sentAgain}</Alert>;
  return (
    <Form
      form={form}
      onSubmit={async () => {
        await unwrap(api.POST("/me/verify-email"));
        setSent(true);
      }}
    >
      <p className="text-muted">{t.unconfirmedHint}</p>
      <Submit variant="secondary" size="medium" wide={false}>
        {t.sendAgain}
      </Submit>
    </Form>
  );
}

function ChangeEmail() {
  const locale = useLocale();
  const t = account[locale];
  const form = useZodForm(() => import("./schemas").then((all) => all.emailChange), BLANK);
  const [sent, setSent] = useState(false);
  if (sent) return <Alert kind="success">{t.changeEmailDone}</Alert>;
  return (
    <Form
      form={form}
      onSubmit={async (body) => {
        await unwrap(api.POST("/me/email", { body }));
        setSent(true);
      }}
    >
      <TextField
        name="new_email"
        label={t.newEmail}
        type="email"
        inputMode="email"
        autoComplete="email"
        autoCapitalize="none"
        spellCheck={false}
      />
      <PasswordField
        name="password"
        label={people[locale].currentPassword}
        autoComplete="current-password"
      />
      <Submit>{t.changeEmail}</Submit>
    </Form>
  );
}
