"use client";

import { useEffect } from "react";
import { builtName } from "./brand";
import type { Locale } from "./i18n";
import { useSite } from "./site";

/** The organization's name in a language, as its settings say; until they came, the build's. */
export function useBrand(): (language: Locale) => string {
  const site = useSite().data;
  return (language) => (site ? (site.names[language] ?? site.name) : builtName(language));
}

/** Titles are built with the build's name: the browser shows the present one, on each page. */
export function useBrandTitle(locale: Locale): void {
  const name = useBrand()(locale);
  const built = builtName(locale);
  useEffect(() => {
    const title = document.querySelector("title");
    if (!title || name === built) return;
    const rename = () => {
      if (document.title.endsWith(built)) {
        document.title = document.title.slice(0, -built.length) + name;
      }
    };
    rename();
    const observer = new MutationObserver(rename);
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => observer.disconnect();
  }, [name, built]);
}
