"use client";

import { MinusIcon, PlusIcon } from "@heroicons/react/24/outline";
import type { ComponentType, SVGProps } from "react";
import { useFormContext } from "react-hook-form";
import type { Schemas } from "@/lib/api";
import { date, number } from "@/lib/format";
import { fill, localized } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { checkout } from "@/messages/checkout";
import { events } from "@/messages/events";
import { AvailabilityBadge, isOnSale } from "../events/availability";
import { price } from "../events/prices";
import { FieldError } from "../ui/field";
import { type Choices, fewer, more, SEATS_PER_ORDER, totals } from "./cart";
import { Section } from "./section";

type TicketType = Schemas["TicketType"];

/** How many of each type; what can't be bought says why. */
export function Quantities({ event, choices }: { event: Schemas["Event"]; choices: Choices }) {
  const locale = useLocale();
  const t = checkout[locale];
  const { seats } = totals(event.ticket_types, choices);
  return (
    <Section title={t.tickets}>
      <ul className="divide-y divide-line">
        {event.ticket_types.map((type) => (
          <li key={type.id} className="py-4 first:pt-0 last:pb-0">
            <Row
              event={event}
              type={type}
              quantity={choices[type.id]?.quantity ?? 0}
              seats={seats}
            />
          </li>
        ))}
      </ul>
      {seats >= SEATS_PER_ORDER && (
        <p role="status">{fill(t.seatsLimit, { max: number(SEATS_PER_ORDER, locale) })}</p>
      )}
    </Section>
  );
}

interface RowProps {
  event: Schemas["Event"];
  type: TicketType;
  quantity: number;
  seats: number;
}

function Row({ event, type, quantity, seats }: RowProps) {
  const locale = useLocale();
  const open = isOnSale(type.availability);
  const { formState, getFieldState } = useFormContext();
  const path = quantityPath(type);
  return (
    <>
      <FieldError name={path} error={getFieldState(path, formState).error?.message} />
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <div className="grow basis-20">
          <p className="font-semibold break-words">{localized(locale, type, "name")}</p>
          <p className="text-muted">{price(type.price_cents, event.currency, locale)}</p>
          <p className="flex flex-wrap items-center gap-x-2 text-sm text-muted">
            {type.availability !== "available" && (
              <AvailabilityBadge availability={type.availability} />
            )}
            <Limits type={type} quantity={quantity} timeZone={event.time_zone} />
          </p>
        </div>
        {open && <Stepper type={type} quantity={quantity} seats={seats} />}
      </div>
    </>
  );
}

const quantityPath = (type: TicketType): string => `choices.${type.id}.quantity`;

interface LimitsProps {
  type: TicketType;
  quantity: number;
  timeZone: string;
}

/** A limit is said where it matters: a least number at once, a greatest when it is reached. */
function Limits({ type, quantity, timeZone }: LimitsProps) {
  const locale = useLocale();
  const t = checkout[locale];
  if (type.availability === "not_yet" && type.sale_starts_at) {
    const day = date(type.sale_starts_at, timeZone, locale);
    return fill(events[locale].saleStarts, { date: day });
  }
  if (!isOnSale(type.availability)) return null;
  if (type.min_per_order > 1) return fill(t.atLeast, { min: number(type.min_per_order, locale) });
  if (quantity < type.max_per_order) return null;
  return fill(t.atMost, { max: number(type.max_per_order, locale) });
}

function Stepper({ type, quantity, seats }: { type: TicketType; quantity: number; seats: number }) {
  const locale = useLocale();
  const t = checkout[locale];
  const { setValue, clearErrors } = useFormContext();
  const path = quantityPath(type);
  const label = { type: localized(locale, type, "name") };
  const step = (to: number) => {
    setValue(path, to, { shouldDirty: true });
    clearErrors(path);
  };
  return (
    <div className="flex shrink-0 items-center">
      <StepButton
        icon={MinusIcon}
        label={fill(t.fewer, label)}
        off={quantity === 0}
        onClick={() => step(fewer(type, quantity))}
      />
      <output
        id={path}
        tabIndex={-1}
        aria-label={fill(t.amount, label)}
        className="w-11 text-center text-xl font-bold tabular-nums"
      >
        {number(quantity, locale)}
      </output>
      <StepButton
        icon={PlusIcon}
        label={fill(t.more, label)}
        off={more(type, quantity, seats) === quantity}
        onClick={() => step(more(type, quantity, seats))}
      />
    </div>
  );
}

interface StepButtonProps {
  icon: ComponentType<SVGProps<SVGSVGElement>>;
  label: string;
  off: boolean;
  onClick: () => void;
}

/** Stays focusable at the end of its range, so that the focus does not jump away. */
function StepButton({ icon: Icon, label, off, onClick }: StepButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-disabled={off || undefined}
      onClick={off ? undefined : onClick}
      className="grid size-[48px] cursor-pointer place-items-center rounded-full border border-field bg-card hover:bg-brand-soft aria-disabled:cursor-not-allowed aria-disabled:opacity-40"
    >
      <Icon className="size-6" aria-hidden="true" />
    </button>
  );
}
