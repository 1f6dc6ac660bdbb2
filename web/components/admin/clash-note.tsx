"use client";

import { useEffect, useRef } from "react";
import { useLocale } from "@/lib/locale";
import { adminEvents } from "@/messages/admin-events";
import { Button } from "../ui/button";
import { Rows } from "./data-list";

/** A field that two people have changed. */
export interface Clash {
  id: string;
  label: string;
  theirs: string;
  mine: string;
}

interface ClashNoteProps {
  clashes: Clash[];
  onTakeTheirs: () => void;
}

/** Says that somebody else saved first, and shows both texts; saving again puts mine in place. */
export function ClashNote({ clashes, onTakeTheirs }: ClashNoteProps) {
  const t = adminEvents[useLocale()];
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  const text = (value: string) => <span className="whitespace-pre-wrap">{value || t.empty}</span>;
  return (
    <div
      ref={box}
      tabIndex={-1}
      role="alert"
      className="space-y-3 rounded-xl border-3 border-warn bg-warn-soft p-4"
    >
      <h2 className="text-lg font-bold">{t.clashTitle}</h2>
      <p>{clashes.length ? t.clashLead : t.clashNone}</p>
      {clashes.length > 0 && (
        <>
          <Rows
            caption={t.clashTitle}
            columns={[
              { label: t.field, cell: (clash) => clash.label },
              { label: t.theirs, cell: (clash) => text(clash.theirs) },
              { label: t.yours, cell: (clash) => text(clash.mine) },
            ]}
            rows={clashes}
          />
          <Button variant="secondary" onClick={onTakeTheirs}>
            {t.takeTheirs}
          </Button>
        </>
      )}
    </div>
  );
}
