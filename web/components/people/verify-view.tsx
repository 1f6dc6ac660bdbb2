"use client";

import { useEffect, useRef, useState } from "react";
import { api } from "@/lib/api";
import { useLocale } from "@/lib/locale";
import { hasCode, unwrap } from "@/lib/problem";
import { type Person, signIn } from "@/lib/session";
import { dropFragment, useFragment } from "@/lib/use-address";
import { people } from "@/messages/people";
import { Alert } from "../ui/alert";
import { Failure } from "../ui/failure";
import { Page, PageHeader } from "../ui/page";
import { Loading } from "../ui/spinner";
import { Done } from "./done";
import { VerifyForms } from "./verify-forms";

type Proof = { password?: string; new_password?: string };
type Step =
  | { is: "asking" }
  | { is: "proof" }
  | { is: "done"; person: Person }
  | { is: "failed"; error: unknown };

/**
 * Confirms the address of the letter's link. In the account's own session that needs nothing
 * more; elsewhere the server asks for the password, or lets the reader set a new one.
 */
export function VerifyView() {
  const t = people[useLocale()];
  const token = useFragment();
  const first = useRef(true);
  const [step, setStep] = useState<Step>({ is: "asking" });

  const confirm = async (secret: string, proof: Proof) => {
    const auth = await unwrap(
      api.POST("/auth/verify-email", { body: { token: secret, ...proof } }),
    );
    signIn(auth);
    setStep({ is: "done", person: auth.person });
    dropFragment();
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: asks once, when the secret is known.
  useEffect(() => {
    if (!token || !first.current) return;
    first.current = false;
    confirm(token, {}).catch((error: unknown) =>
      setStep(hasCode(error, "password_needed") ? { is: "proof" } : { is: "failed", error }),
    );
  }, [token]);

  return (
    <Page width="narrow">
      <PageHeader title={t.verifyTitle} />
      {token === "" && step.is === "asking" && (
        <Alert kind="error">
          <p>{t.linkIncomplete}</p>
        </Alert>
      )}
      {token !== "" && step.is === "asking" && <Loading label={t.verifyBusy} />}
      {step.is === "proof" && <VerifyForms confirm={(proof) => confirm(token ?? "", proof)} />}
      {step.is === "done" && <Done person={step.person}>{t.verifyDone}</Done>}
      {step.is === "failed" && <Failure error={step.error} />}
    </Page>
  );
}
