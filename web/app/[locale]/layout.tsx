import type { Viewport } from "next";
import type { ReactNode } from "react";
import { RootDocument } from "@/components/layout/root-document";
import { LOCALES } from "@/lib/i18n";
import { localeOf, type PageProps } from "@/lib/page-meta";
import "../globals.css";

export const viewport: Viewport = { themeColor: "#5e0a1f" };

export const dynamicParams = false;

/** Each page once a language; `scripts/postbuild.py` puts the main one at the root. */
export const generateStaticParams = () => LOCALES.map((locale) => ({ locale }));

export default async function Layout({ children, params }: PageProps & { children: ReactNode }) {
  return <RootDocument locale={await localeOf(params)}>{children}</RootDocument>;
}
