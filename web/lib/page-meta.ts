import type { Metadata } from "next";
import { builtName } from "./brand";
import { LOCALES, type Locale } from "./i18n";

/** What Next gives each page and layout below `app/[locale]/`. */
export interface PageProps {
  params: Promise<{ locale: string }>;
}

/** The language of a page; the build asks for no others than `LOCALES`. */
export async function localeOf(params: PageProps["params"]): Promise<Locale> {
  const { locale } = await params;
  const known = LOCALES.find((name) => name === locale);
  if (!known) throw new Error(`no such language: ${locale}`);
  return known;
}

/** A page's head, made once a language. */
export const headOf =
  (head: (locale: Locale) => Metadata) =>
  async ({ params }: PageProps): Promise<Metadata> =>
    head(await localeOf(params));

/** Head of a page. Pages of one person or of staff are kept out of search engines. */
export function pageMeta(
  locale: Locale,
  title: string,
  options: { description?: string; listed?: boolean } = {},
): Metadata {
  return {
    title: pageTitle(locale, title),
    ...(options.description && { description: options.description }),
    ...(!options.listed && { robots: { index: false } }),
  };
}

export const pageTitle = (locale: Locale, title: string): string =>
  title === builtName(locale) ? title : `${title} – ${builtName(locale)}`;
