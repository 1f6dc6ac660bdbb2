"use client";

import { useLocale } from "@/lib/locale";
import { useSite } from "@/lib/site";
import { home } from "@/messages/home";

/** A text of the home page: the organization's own, or else the build's. */
export function HomeText({ part }: { part: "headline" | "lead" }) {
  const locale = useLocale();
  return useSite().data?.home[part]?.[locale] ?? home[locale][part];
}
