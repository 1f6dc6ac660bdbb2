"use client";

import { type FormEvent, useId, useState } from "react";
import { api, type Schemas } from "@/lib/api";
import { asQuery, chars } from "@/lib/chars";
import { cx } from "@/lib/cx";
import { localized } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { explain, unwrap } from "@/lib/problem";
import { useResource } from "@/lib/use-resource";
import { admin } from "@/messages/admin";
import { common } from "@/messages/common";
import { door } from "@/messages/door";
import { Button } from "../ui/button";
import { CONTROL } from "../ui/control";
import type { Shown } from "./code";
import { unlockSound } from "./signals";
import type { Entry } from "./use-scans";

type Guest = Schemas["Guest"];
const LETTERS_MIN = 2;

interface FindGuestProps {
  eventId: string;
  /** This phone's scans: who has come in since the guests were found. */
  entries: Entry[];
  busy: boolean;
  onChosen: (shown: Shown) => void;
}

/** For a guest whose phone is dead or whose letter is lost: by name or order, at this event. */
export function FindGuest({ eventId, entries, busy, onChosen }: FindGuestProps) {
  const locale = useLocale();
  const t = door[locale];
  const id = useId();
  const [text, setText] = useState("");
  const [asked, setAsked] = useState("");
  const [short, setShort] = useState(false);
  const guests = useResource(asked || null, () => {
    const params = { path: { event_id: eventId }, query: { q: asked } };
    return unwrap(api.GET("/door/{event_id}/guests", { params }));
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const typed = asQuery(text);
    const enough = chars(typed) >= LETTERS_MIN;
    setShort(!enough);
    setAsked(enough ? typed : "");
    if (!enough) document.getElementById(id)?.focus();
    else if (typed === asked) guests.reload();
  };
  const problem = short ? t.guestShort : guests.error ? explain(guests.error, locale) : "";
  const found = guests.error ? undefined : guests.data; // who was found before is not who was asked for
  const items = found?.items ?? [];
  return (
    <div className="space-y-3">
      <form noValidate method="post" onSubmit={submit} className="space-y-1.5">
        <label htmlFor={id} className="block font-semibold">
          {t.guestLabel}
        </label>
        <p id={`${id}-hint`} className="text-sm text-neutral-300">
          {t.guestHint}
        </p>
        <div role="alert" className="font-semibold text-red-300 empty:hidden">
          {problem && (
            <p id={`${id}-error`}>
              <span className="sr-only">{common[locale].error} </span>
              {problem}
            </p>
          )}
        </div>
        <div className="flex flex-wrap gap-2">
          <input
            id={id}
            value={text}
            onChange={(event) => setText(event.target.value)}
            autoCapitalize="words"
            autoComplete="off"
            spellCheck={false}
            aria-invalid={short || undefined}
            aria-describedby={cx(`${id}-hint`, problem && `${id}-error`)}
            className={cx(CONTROL, "min-w-0 flex-1 basis-40 text-ink")}
          />
          <Button type="submit" variant="secondary" busy={asked !== "" && guests.loading}>
            {t.find}
          </Button>
        </div>
      </form>
      <div role="status" className="empty:hidden">
        {found && <p>{items.length > 0 ? t.guestAsk : t.guestNone}</p>}
      </div>
      {items.length > 0 && (
        <ul aria-label={t.guestFound} className="divide-y divide-neutral-700">
          {items.map((guest) => (
            <Found
              key={guest.ticket_id}
              guest={hasComeIn(guest, entries) ? { ...guest, status: "used" } : guest}
              open={guest.status === "valid"}
              busy={busy}
              onChosen={onChosen}
            />
          ))}
        </ul>
      )}
      {found?.more && <p>{t.guestMore}</p>}
    </div>
  );
}

interface FoundProps extends Pick<FindGuestProps, "busy" | "onChosen"> {
  guest: Guest;
  /** Whether the guest could still come in when found: the focus returns to the button. */
  open: boolean;
}

function Found({ guest, open, busy, onChosen }: FoundProps) {
  const locale = useLocale();
  const t = door[locale];
  const choose = () => {
    unlockSound();
    onChosen({ ticket_id: guest.ticket_id });
  };
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-3 gap-y-2 py-3">
      <span className="min-w-0 break-words">
        <span className="block text-xl font-bold">{guest.attendee}</span>
        <span className="block text-neutral-300">
          {localized(locale, guest, "type_name")} · {guest.order_number}
        </span>
        {guest.status !== "valid" && (
          <span className="block font-semibold text-amber-300">{admin[locale][guest.status]}</span>
        )}
      </span>
      {open && (
        <Button
          variant="secondary"
          busy={busy}
          aria-label={`${t.checkIn}: ${guest.attendee}`}
          onClick={choose}
        >
          {t.checkIn}
        </Button>
      )}
    </li>
  );
}

function hasComeIn({ ticket_id }: Guest, entries: Entry[]): boolean {
  return entries.some(
    (entry) =>
      entry.state === "answered" &&
      entry.answer.ticket_id === ticket_id &&
      (entry.answer.verdict === "admitted" || entry.answer.verdict === "already_used"),
  );
}
