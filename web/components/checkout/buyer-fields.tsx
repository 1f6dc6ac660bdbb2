"use client";

import { fill } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import type { Person } from "@/lib/session";
import { checkout } from "@/messages/checkout";
import { people } from "@/messages/people";
import { AccountFields, EmailField } from "../people/register-fields";
import { Button } from "../ui/button";
import { PasswordField } from "../ui/password-field";

interface BuyerFieldsProps {
  person: Person | undefined;
  /** Whether the buyer says to have an account already. */
  known: boolean;
  setKnown: (known: boolean) => void;
  leave: () => void;
}

/** Who buys: the person logged in, a new account, or a login, without leaving the form. */
export function BuyerFields({ person, known, setKnown, leave }: BuyerFieldsProps) {
  const locale = useLocale();
  const t = checkout[locale];
  if (person) {
    return (
      <div>
        <p className="font-semibold">{fill(t.signedIn, { name: person.name })}</p>
        <p className="break-all text-muted">{person.email}</p>
        <Button variant="quiet" size="small" className="-ml-3" onClick={leave}>
          {t.otherPerson}
        </Button>
      </div>
    );
  }
  return (
    <>
      <p className="text-muted">{known ? t.knownHint : t.newHint}</p>
      <Button variant="secondary" size="small" onClick={() => setKnown(!known)}>
        {known ? t.noAccount : t.haveAccount}
      </Button>
      {known ? (
        <>
          <EmailField />
          <PasswordField
            name="password"
            label={people[locale].password}
            autoComplete="current-password"
          />
        </>
      ) : (
        <AccountFields />
      )}
    </>
  );
}
