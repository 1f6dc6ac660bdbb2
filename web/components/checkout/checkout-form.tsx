"use client";

import { type ReactNode, useEffect, useState } from "react";
import { useWatch } from "react-hook-form";
import { type Schemas, signOut } from "@/lib/api";
import { useZodForm } from "@/lib/forms";
import { localized } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { hasCode } from "@/lib/problem";
import { useSession } from "@/lib/session";
import { checkout as words } from "@/messages/checkout";
import { Consent } from "../people/register-fields";
import { Form } from "../ui/form";
import { AttendeeFields } from "./attendee-fields";
import { BuyerFields } from "./buyer-fields";
import { type Choices, startChoices } from "./cart";
import { keepDraft, readDraft } from "./draft";
import { PayBar } from "./pay-bar";
import { Quantities } from "./quantities";
import type { Buyer } from "./schemas";
import { Section } from "./section";
import type { CheckoutValues } from "./submit";

interface CheckoutFormProps {
  event: Schemas["Event"];
  wanted: string | null;
  reload: () => void;
}

/** Fetched after the page is usable, as the schema is. */
const loadSubmit = () => import("./submit");

/** What the server says when the offer has changed under the buyer's hands. */
const STALE = ["sold_out", "not_on_sale", "changed_meanwhile"];

/** What the server says to somebody who has an account and has to log in. */
const KNOWN = ["email_taken", "not_signed_in", "session_ended"];

/** Tickets, account, names and consent on one form; one button takes the seats and goes to pay. */
export function CheckoutForm({ event, wanted, reload }: CheckoutFormProps) {
  const locale = useLocale();
  const t = words[locale];
  const person = useSession()?.person;
  const [known, setKnown] = useState(false);
  const [openOrder, setOpenOrder] = useState<ReactNode>(null);
  const [wait, setWait] = useState<{ place: number; until: string } | null>(null);
  const buyer: Buyer = person ? "signed" : known ? "known" : "new";
  const form = useZodForm(
    () => import("./schemas").then((all) => all.checkout(buyer, event.ticket_types)),
    startValues(event, wanted),
  );
  const values = useWatch({ control: form.control }) as CheckoutValues;
  const choices = values.choices as Choices;
  useEffect(() => {
    keepDraft(event.slug, { choices, name: values.name, email: values.email });
  }, [event.slug, choices, values.name, values.email]);

  useEffect(() => {
    loadSubmit().catch(() => undefined);
  }, []);

  const submit = async (given: CheckoutValues) => {
    setOpenOrder(null);
    try {
      const { place, signInBuyer } = await loadSubmit();
      await signInBuyer(buyer, given, locale, t.emailKnown);
      await place(event, given.choices, locale, (place, until) => setWait({ place, until }));
    } catch (error) {
      if (KNOWN.some((code) => hasCode(error, code))) setKnown(true);
      if (hasCode(error, "order_open")) {
        const { OpenOrder } = await import("./open-order"); // few meet it
        setOpenOrder(<OpenOrder id={String(error.problem.order_id)} />);
      }
      if (STALE.some((code) => hasCode(error, code))) reload();
      throw error;
    } finally {
      setWait(null);
    }
  };

  const policy = localized(locale, event, "refund_policy");
  return (
    <Form form={form} onSubmit={submit} className="space-y-6">
      {openOrder}
      <Quantities event={event} choices={choices} />
      <Section title={t.you}>
        <BuyerFields
          person={person}
          known={known}
          setKnown={setKnown}
          leave={() => void signOut().catch(() => undefined)}
        />
      </Section>
      <AttendeeFields
        types={event.ticket_types}
        choices={choices}
        buyer={person?.name ?? values.name}
      />
      <Section title={t.refunds}>
        <p className="whitespace-pre-line">{policy || t.refundsNone}</p>
      </Section>
      <Consent />
      <PayBar event={event} choices={choices} wait={wait} />
    </Form>
  );
}

function startValues(event: Schemas["Event"], wanted: string | null): CheckoutValues {
  const draft = readDraft(event.slug);
  return {
    choices: startChoices(event.ticket_types, draft.choices, wanted),
    name: draft.name,
    email: draft.email,
    password: "",
    consent: false,
  };
}
