"use client";

import { useLocale } from "@/lib/locale";
import { common } from "@/messages/common";
import { Button } from "./button";

/** The rest of a cursor-paged list, on request; nothing when the list is complete. */
export function LoadMore({ more, busy }: { more: (() => void) | null; busy: boolean }) {
  const locale = useLocale();
  if (!more) return null;
  return (
    <div className="mt-6 text-center">
      <Button variant="secondary" busy={busy} onClick={more}>
        {common[locale].loadMore}
      </Button>
    </div>
  );
}
