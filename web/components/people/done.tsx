"use client";

import type { ReactNode } from "react";
import { useLocale } from "@/lib/locale";
import { nextPage } from "@/lib/next-page";
import type { Person } from "@/lib/session";
import { people } from "@/messages/people";
import { Alert } from "../ui/alert";
import { ButtonLink } from "../ui/button";

/** Something about the account is done; the way on leads to the person's start page. */
export function Done({ person, children }: { person: Person; children: ReactNode }) {
  const locale = useLocale();
  return (
    <div className="space-y-5">
      <Alert kind="success">
        <p>{children}</p>
      </Alert>
      <ButtonLink size="large" wide href={nextPage("", person, locale)}>
        {people[locale].goOn}
      </ButtonLink>
    </div>
  );
}
