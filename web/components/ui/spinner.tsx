"use client";

import { useLocale } from "@/lib/locale";
import { common } from "@/messages/common";

export function Spinner() {
  return (
    <span
      aria-hidden="true"
      className="size-5 shrink-0 animate-spin rounded-full border-3 border-current border-r-transparent"
    />
  );
}

/** Fills the place of something that is on its way. */
export function Loading({ label }: { label?: string }) {
  const locale = useLocale();
  return (
    <p role="status" className="flex items-center justify-center gap-3 py-10 text-muted">
      <Spinner /> {label ?? common[locale].loading}
    </p>
  );
}
