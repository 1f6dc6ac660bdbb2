"use client";

import { writePrice } from "@/lib/amounts";
import { leastCharge } from "@/lib/format";
import { fill } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { adminEvents } from "@/messages/admin-events";
import { Checkbox, TextField } from "../../ui/field";
import { Pair, Translations } from "./translations";

const EXAMPLE_CENTS = 1250;

interface TypeFieldsProps {
  currency: string;
  priceHint: string | null;
  outdated: readonly string[];
}

export function TypeFields({ currency, priceHint, outdated }: TypeFieldsProps) {
  const t = adminEvents[useLocale()];
  const form = fill(t.priceHint, {
    currency,
    example: writePrice(EXAMPLE_CENTS, currency),
    least: writePrice(leastCharge(currency), currency),
  });
  return (
    <>
      <Translations name="name" label={t.textName} outdated={outdated} needed />
      <TextField
        name="price"
        label={t.price}
        hint={[form, priceHint].filter(Boolean).join(" ")}
        inputMode="decimal"
        autoComplete="off"
        className="max-w-40"
      />
      <Pair>
        <Whole name="capacity" label={t.capacity} />
        <Whole name="kept_back" label={t.keptBack} />
      </Pair>
      <p className="text-sm text-muted">{t.keptBackHint}</p>
      <Pair>
        <Whole name="min_per_order" label={t.minPerOrder} />
        <Whole name="max_per_order" label={t.maxPerOrder} />
      </Pair>
      <Pair>
        <TextField name="sale_starts_at" label={t.saleStarts} optional type="datetime-local" />
        <TextField name="sale_ends_at" label={t.saleEnds} optional type="datetime-local" />
      </Pair>
      <p className="text-sm text-muted">{t.saleHint}</p>
      <Whole name="position" label={t.position} hint={t.positionHint} />
      <Checkbox name="hidden" label={t.hidden} />
    </>
  );
}

function Whole(props: { name: string; label: string; hint?: string }) {
  return <TextField {...props} inputMode="numeric" autoComplete="off" className="max-w-40" />;
}
