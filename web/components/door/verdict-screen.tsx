"use client";

import {
  ArrowPathIcon,
  CheckCircleIcon,
  ExclamationTriangleIcon,
  XCircleIcon,
} from "@heroicons/react/24/solid";
import { type ComponentType, type ReactNode, type SVGProps, useEffect, useRef } from "react";
import { cx } from "@/lib/cx";
import { date, number, time } from "@/lib/format";
import { fill, type Locale, localized } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { explain } from "@/lib/problem";
import { door } from "@/messages/door";
import type { Answer, Entry } from "./use-scans";
import { judge, type Reason, SHOWN_MS, type Tone } from "./verdict";

const LOOKS: Record<Tone | "open", [string, ComponentType<SVGProps<SVGSVGElement>>]> = {
  admit: ["bg-green-800 text-white", CheckCircleIcon],
  used: ["bg-amber-400 text-black", ExclamationTriangleIcon],
  refuse: ["bg-red-800 text-white", XCircleIcon],
  open: ["bg-blue-900 text-white", ArrowPathIcon],
};

interface VerdictScreenProps {
  entry: Entry | null;
  timeZone: string;
  /** Whether too many scans wait already to put this one aside. */
  full: boolean;
  /** How many codes wait for their turn. */
  waiting?: number;
  next: () => void;
}

/** Color, symbol, word and sentence over the whole screen; a tap anywhere goes on. */
export function VerdictScreen(props: VerdictScreenProps) {
  const { entry, next } = props;
  const tone = toneOf(entry);
  useEffect(() => {
    if (!entry || !tone) return;
    const timer = setTimeout(next, SHOWN_MS[tone]);
    return () => clearTimeout(timer);
  }, [entry, tone, next]);
  return (
    <div role="status" aria-live="assertive" aria-atomic="true">
      {entry && entry.state !== "sending" && <Verdict {...props} entry={entry} tone={tone} />}
    </div>
  );
}

/** Null while there is no verdict of the server to show. */
function toneOf(entry: Entry | null): Tone | null {
  if (entry?.state === "answered") return judge(entry.answer.verdict).tone;
  return entry?.state === "foreign" ? "refuse" : null;
}

interface VerdictProps extends Omit<VerdictScreenProps, "entry"> {
  entry: Entry;
  tone: Tone | null;
}

function Verdict({ entry, tone, timeZone, full, waiting = 0, next }: VerdictProps) {
  const locale = useLocale();
  const t = door[locale];
  const answer = entry.state === "answered" ? entry.answer : null;
  if (entry.state === "unsent") {
    return (
      <Screen look="open" word={t.unsent} action={full ? null : t.aside} next={next}>
        <span className="text-2xl">{full ? t.asideFull : t.unsentHint}</span>
      </Screen>
    );
  }
  if (!tone) {
    const error = entry.state === "failed" ? entry.error : null;
    return (
      <Screen look="open" word={t.failed} action={t.next} next={next}>
        <span className="text-2xl">{explain(error, locale)}</span>
      </Screen>
    );
  }
  const reason = answer ? judge(answer.verdict).reason : "foreign";
  return (
    <Screen look={tone} word={t[tone]} action={t.next} next={next}>
      {answer?.attendee && <span className="text-4xl font-bold">{answer.attendee}</span>}
      {answer?.type_name && <span className="text-3xl">{nameIn(answer, "type_name", locale)}</span>}
      {reason && (
        <span className="text-2xl text-balance">{sentence(reason, answer, timeZone, locale)}</span>
      )}
      {waiting > 0 && (
        <span className="text-xl">{fill(t.waiting, { count: number(waiting, locale) })}</span>
      )}
    </Screen>
  );
}

/** A name in the answer, which is null for a code that belongs to no ticket. */
function nameIn(answer: Answer | null, field: "event_title" | "type_name", locale: Locale): string {
  return localized(locale, { name: answer?.[field] ?? {} }, "name");
}

function sentence(
  reason: Exclude<Reason, null>,
  answer: Answer | null,
  timeZone: string,
  locale: Locale,
): string {
  return fill(door[locale][reason], {
    event: nameIn(answer, "event_title", locale),
    gate: answer?.used_gate ?? "",
    time: answer?.used_at ? usedTime(answer.used_at, timeZone, locale) : "",
  });
}

/** The hour is enough on the same day. */
function usedTime(iso: string, timeZone: string, locale: Locale): string {
  const day = date(iso, timeZone, locale);
  const today = date(new Date().toISOString(), timeZone, locale);
  const hour = time(iso, timeZone, locale);
  return day === today ? hour : `${day}, ${hour}`;
}

interface ScreenProps {
  look: Tone | "open";
  word: string;
  /** What a tap does; null: it does nothing. */
  action: string | null;
  next: () => void;
  children: ReactNode;
}

/** It covers the page: Enter goes on, and the focus returns to where the next code is typed. */
function Screen({ look, word, action, next, children }: ScreenProps) {
  const [colors, Icon] = LOOKS[look];
  const screen = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    screen.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);
  return (
    <button
      ref={screen}
      type="button"
      data-verdict={look}
      onClick={action ? next : undefined}
      className={cx(
        "fixed inset-0 z-50 flex w-full cursor-pointer flex-col items-center justify-center-safe gap-4 overflow-y-auto p-6 text-center outline-none *:max-w-full *:break-words",
        colors,
      )}
    >
      <Icon
        className={cx("size-36 shrink-0", look === "open" && "animate-pulse")}
        aria-hidden="true"
      />
      <span className="text-5xl leading-tight font-black">{word}</span>
      {children}
      {action && <span className="mt-4 text-xl underline underline-offset-4">{action}</span>}
    </button>
  );
}
