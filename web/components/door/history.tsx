"use client";

import { cx } from "@/lib/cx";
import { time } from "@/lib/format";
import { useLocale } from "@/lib/locale";
import { door } from "@/messages/door";
import type { Entry } from "./use-scans";
import { judge, type Tone } from "./verdict";

const COLORS: Record<Tone | "open", string> = {
  admit: "bg-green-800 text-white",
  used: "bg-amber-400 text-black",
  refuse: "bg-red-800 text-white",
  open: "bg-blue-900 text-white",
};

/** The last scans of this phone, newest first, those without an answer among them. */
export function History({ entries, timeZone }: { entries: Entry[]; timeZone: string }) {
  const t = door[useLocale()];
  return (
    <section aria-labelledby="history">
      <h2 id="history" className="font-bold">
        {t.last}
      </h2>
      {entries.length === 0 && <p className="mt-1 text-neutral-300">{t.noneYet}</p>}
      <ul className="mt-2 divide-y divide-neutral-700">
        {entries.map((entry) => (
          <Line key={entry.id} entry={entry} timeZone={timeZone} />
        ))}
      </ul>
    </section>
  );
}

function Line({ entry, timeZone }: { entry: Entry; timeZone: string }) {
  const locale = useLocale();
  const t = door[locale];
  const answer = entry.state === "answered" ? entry.answer : null;
  const tone = answer ? judge(answer.verdict).tone : entry.state === "foreign" ? "refuse" : "open";
  const word = tone === "open" ? t[openWord(entry)] : t[tone];
  return (
    <li className="flex items-center justify-between gap-3 py-2">
      <span className="min-w-0 break-words">
        {time(entry.at, timeZone, locale)} · {answer?.attendee ?? (shortCode(entry) || t.guest)}
      </span>
      <span className={cx("shrink-0 rounded-full px-2.5 py-0.5 text-sm font-bold", COLORS[tone])}>
        {word}
      </span>
    </li>
  );
}

function openWord({ state }: Entry): "checking" | "unsent" | "failed" {
  if (state === "sending") return "checking";
  return state === "unsent" ? "unsent" : "failed";
}

/** Empty for a guest who was found without a code. */
function shortCode({ shown }: Entry): string {
  if (!shown) return "QR";
  if ("code" in shown) return `QR …${shown.code.slice(-6)}`;
  return "typed_code" in shown ? shown.typed_code : "";
}
