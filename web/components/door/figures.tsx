"use client";

import { SignalSlashIcon } from "@heroicons/react/24/solid";
import type { Schemas } from "@/lib/api";
import { number } from "@/lib/format";
import { fill, localized } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { door } from "@/messages/door";
import type { Place } from "./place";

interface FiguresProps {
  place: Place;
  figures: Schemas["Figures"] | null;
  /** Whether the server answered lately. */
  reached: boolean;
  change: () => void;
}

/** Where this phone stands, how many are in, and whether the server hears it. */
export function Figures({ place, figures, reached, change }: FiguresProps) {
  const locale = useLocale();
  const t = door[locale];
  const { event, gate } = place;
  const here = figures?.gates.find((one) => one.gate === gate)?.admitted ?? 0;
  return (
    <div className="space-y-1">
      <div className="flex items-start justify-between gap-3">
        <p className="min-w-0 pt-2 font-semibold break-words">
          {localized(locale, event, "title")} · {gate}
        </p>
        <button
          type="button"
          onClick={change}
          className="min-h-11 shrink-0 cursor-pointer rounded-lg px-3 underline underline-offset-4 hover:bg-white/15 focus-visible:outline-white"
        >
          {t.change}
        </button>
      </div>
      {figures && (
        <p className="text-lg break-words">
          <strong>
            {fill(t.inside, {
              admitted: number(figures.admitted, locale),
              issued: number(figures.issued, locale),
            })}
          </strong>{" "}
          · {fill(t.insideGate, { admitted: number(here, locale), gate })}
        </p>
      )}
      <p
        role="status"
        className="flex items-center gap-2 font-semibold text-amber-300 empty:hidden"
      >
        {!reached && (
          <>
            <SignalSlashIcon className="size-5" aria-hidden="true" /> {t.offline}
          </>
        )}
      </p>
    </div>
  );
}
