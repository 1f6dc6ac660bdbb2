import type { Metadata } from "next";
import { builtName } from "./brand";
import type { Locale } from "./i18n";

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
