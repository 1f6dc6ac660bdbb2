"use client";

import { type ReactNode, useEffect, useState } from "react";
import { href } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { isStaff, type Person, useSession } from "@/lib/session";
import { common } from "@/messages/common";
import { ButtonLink } from "../ui/button";
import { Page, PageHeader } from "../ui/page";
import { Loading } from "../ui/spinner";

interface SignedInProps {
  /** Who may see it: anyone with an account, people at the door, or organizers. */
  as?: "anyone" | "staff" | "admin";
  children: (person: Person) => ReactNode;
}

/** Shows its content to the right people; the server checks every request all the same. */
export function SignedIn({ as = "anyone", children }: SignedInProps) {
  const locale = useLocale();
  const t = common[locale];
  const session = useSession();
  const [login, setLogin] = useState(href(locale, "/login/"));
  useEffect(() => {
    const here = location.pathname + location.search + location.hash;
    setLogin(`${href(locale, "/login/")}?next=${encodeURIComponent(here)}`);
  }, [locale]);
  if (session === undefined) return <Loading />;
  if (session && allowed(session.person, as)) return children(session.person);
  return (
    <Page width="narrow">
      <PageHeader
        title={session ? t.notAllowed : t.signInFirst}
        lead={session ? t.notAllowedHint : t.signInFirstHint}
      />
      <ButtonLink size="large" wide href={login}>
        {t.login}
      </ButtonLink>
    </Page>
  );
}

function allowed(person: Person, as: SignedInProps["as"]): boolean {
  if (as === "admin") return person.role === "admin";
  return as === "staff" ? isStaff(person) : true;
}
