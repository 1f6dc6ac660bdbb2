"use client";

import { api, type Schemas } from "./api";
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

export const useSite = (): Resource<Site> => useResource("site", site);
