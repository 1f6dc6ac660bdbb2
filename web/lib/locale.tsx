"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { Locale } from "./i18n";

const LocaleContext = createContext<Locale>("en");

export function LocaleProvider({ locale, children }: { locale: Locale; children: ReactNode }) {
  return <LocaleContext value={locale}>{children}</LocaleContext>;
}

/** The language of the page, for client components; server components take a `locale` prop. */
export function useLocale(): Locale {
  return useContext(LocaleContext);
}
