"use client";

import { api, type Schemas } from "./api";
import { LOCALES } from "./i18n";
import { unwrap } from "./problem";
import { type Resource, useResource } from "./use-resource";

type Site = Schemas["Site"];
let asked: Promise<Site> | null = null;

/** The server's public settings (currency, version of the terms, demo mode), asked once a page. */
export function site(): Promise<Site> {
  asked ??= unwrap(api.GET("/site")).catch((error: unknown) => {
    asked = null;
    throw error;
  });
  return asked;
}

/** Languages of the site, the main one first; those of the build until the server has answered. */
export const useLocales = (): readonly string[] => useSite().data?.locales ?? LOCALES;

export const useSite = (): Resource<Site> => useResource("site", site);
