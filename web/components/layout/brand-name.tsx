"use client";

import type { Locale } from "@/lib/i18n";
import { useBrand } from "@/lib/use-brand";

export function BrandName({ language }: { language: Locale }) {
  return useBrand()(language);
}
