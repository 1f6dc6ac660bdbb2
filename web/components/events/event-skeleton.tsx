"use client";

import { useLocale } from "@/lib/locale";
import { common } from "@/messages/common";
import { Page } from "../ui/page";

/** Has the article's measures, so that nothing jumps when it comes. */
export function EventSkeleton() {
  return (
    <Page width="wide" className="animate-pulse">
      <p role="status" className="sr-only">
        {common[useLocale()].loading}
      </p>
      <div className="aspect-video max-h-[28rem] w-full rounded-2xl bg-line/60" />
      <div className="mt-6 h-10 w-3/4 rounded-lg bg-line/60" />
      <div className="mt-4 h-6 w-1/2 rounded-lg bg-line/60" />
      <div className="mt-2 h-6 w-2/5 rounded-lg bg-line/60" />
      <div className="mt-8 h-60 rounded-2xl bg-line/60" />
    </Page>
  );
}
