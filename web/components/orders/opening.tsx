"use client";

import { useState } from "react";
import { number } from "@/lib/format";
import { fill } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { usePassed } from "@/lib/use-passed";
import { checkout } from "@/messages/checkout";

const USUAL_MS = 12_000;

/** What a payment page that isn't there yet waits for: a place in line, or a slow answer. */
export function Opening({ place }: { place: number }) {
  const locale = useLocale();
  const t = checkout[locale];
  const [since] = useState(Date.now);
  const long = usePassed(since + USUAL_MS);
  if (place > 0) return fill(t.line, { place: number(place + 1, locale) });
  return long ? t.openingLong : t.opening;
}
