"use client";

import { useEffect, useRef } from "react";
import { useFormContext } from "react-hook-form";
import type { Schemas } from "@/lib/api";
import { number } from "@/lib/format";
import { fill, localized } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { checkout } from "@/messages/checkout";
import { TextField } from "../ui/field";
import { type Choices, seats } from "./cart";
import { Section } from "./section";

interface AttendeeFieldsProps {
  types: Schemas["TicketType"][];
  choices: Choices;
  /** The buyer's name, proposed for the first ticket. */
  buyer: string;
}

/** A name for each ticket; nothing to ask before tickets are chosen. */
export function AttendeeFields({ types, choices, buyer }: AttendeeFieldsProps) {
  const locale = useLocale();
  const t = checkout[locale];
  const all = seats(types, choices);
  useProposedName(all[0]?.path, buyer);
  if (all.length === 0) return null;
  return (
    <Section title={t.names}>
      <p className="text-muted">{t.namesHint}</p>
      {all.map(({ type, path }, place) => (
        <TextField
          key={path}
          name={path}
          label={fill(t.attendee, {
            number: number(place + 1, locale),
            type: localized(locale, type, "name"),
          })}
          autoComplete={place === 0 ? "name" : "off"}
        />
      ))}
    </Section>
  );
}

/** Follows the buyer's name until the field holds another one; who is logged out keeps it. */
function useProposedName(path: string | undefined, buyer: string) {
  const { getValues, setValue } = useFormContext();
  const proposed = useRef("");
  useEffect(() => {
    if (!path || !buyer) return;
    const now = String(getValues(path) ?? "");
    if (now === "" || now === proposed.current) setValue(path, buyer);
    proposed.current = buyer;
  }, [path, buyer, getValues, setValue]);
}
