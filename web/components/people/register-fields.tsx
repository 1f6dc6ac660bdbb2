"use client";

import { href } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { people } from "@/messages/people";
import { Checkbox, TextField } from "../ui/field";
import { PasswordField } from "../ui/password-field";

/** Name, address and password of a new account; checkout shows them on its own form. */
export function AccountFields() {
  const t = people[useLocale()];
  return (
    <>
      <TextField name="name" label={t.name} autoComplete="name" />
      <EmailField hint={t.emailHint} />
      <PasswordField
        name="password"
        label={t.password}
        hint={t.newPasswordHint}
        autoComplete="new-password"
      />
    </>
  );
}

export function EmailField({ hint }: { hint?: string }) {
  return (
    <TextField
      name="email"
      label={people[useLocale()].email}
      hint={hint}
      type="email"
      inputMode="email"
      autoComplete="email"
      autoCapitalize="none"
      spellCheck={false}
    />
  );
}

/** The tick that gives consent to the terms; they open beside the form. */
export function Consent() {
  const locale = useLocale();
  const t = people[locale];
  const link = "underline underline-offset-4 text-brand";
  return (
    <Checkbox
      name="consent"
      label={
        <>
          {t.consentBefore}
          <a className={link} target="_blank" rel="noopener" href={href(locale, "/terms/")}>
            {t.consentTerms}
          </a>
          {t.consentBetween}
          <a className={link} target="_blank" rel="noopener" href={href(locale, "/privacy/")}>
            {t.consentPrivacy}
          </a>
          {t.consentAfter}
        </>
      }
    />
  );
}
