"use client";

import { useEffect } from "react";
import { api } from "@/lib/api";
import { useLocale } from "@/lib/locale";
import { unwrap } from "@/lib/problem";
import { updatePerson } from "@/lib/session";
import { account } from "@/messages/account";
import { SignedIn } from "../layout/signed-in";
import { Page, PageHeader } from "../ui/page";
import { EmailCard } from "./email-card";
import { PasswordCard } from "./password-card";
import { ProfileCard } from "./profile-card";

export function AccountView() {
  const t = account[useLocale()];
  return (
    <SignedIn>
      {(person) => (
        <Page width="narrow" className="space-y-6">
          <PageHeader title={t.title} />
          <FreshProfile />
          <ProfileCard person={person} />
          <EmailCard person={person} />
          <PasswordCard />
        </Page>
      )}
    </SignedIn>
  );
}

/** What another device changed since this one signed in. */
function FreshProfile() {
  useEffect(() => {
    unwrap(api.GET("/me")).then(updatePerson, () => undefined);
  }, []);
  return null;
}
