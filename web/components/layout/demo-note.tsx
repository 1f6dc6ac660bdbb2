"use client";

import { useLocale } from "@/lib/locale";
import { useSite } from "@/lib/site";
import { common } from "@/messages/common";

/** Says on every page of a demo that nothing is real, and where its letters arrive. */
export function DemoNote() {
  const t = common[useLocale()];
  const { data } = useSite();
  if (!data?.demo) return null;
  return (
    <aside className="bg-gold-soft">
      <p className="mx-auto max-w-5xl px-gutter py-3 text-sm">
        <strong>{t.demo}</strong> {t.demoHint}{" "}
        <a className="font-semibold underline" href="/mailbox">
          {t.demoMailbox}
        </a>
        {data.test_card && (
          <>
            {" · "}
            {t.demoCard} <code className="whitespace-nowrap">{data.test_card}</code>
          </>
        )}
      </p>
    </aside>
  );
}
