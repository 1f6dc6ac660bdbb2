import createClient from "openapi-fetch";
import type { components, paths } from "./schema";
import { forget, freshToken, refreshToken } from "./session";

export type Schemas = components["schemas"];

/** The API of this origin, typed by the server's OpenAPI document. */
export const api = createClient<paths>({ baseUrl: "/api", fetch: authorized });

/** Sends the access token; on 401 renews it once and repeats the request. */
export async function authorized(request: Request): Promise<Response> {
  const token = await freshToken();
  const again = token ? request.clone() : null;
  const response = await send(request, token);
  if (response.status !== 401 || !again) return response;
  const renewed = await refreshToken(token);
  return renewed ? send(again, renewed) : response;
}

function send(request: Request, token: string | undefined): Promise<Response> {
  if (token) request.headers.set("Authorization", `Bearer ${token}`);
  return fetch(request);
}

/** Ends the session on the server, then on this device, even when the server cannot be reached. */
export async function signOut(): Promise<void> {
  try {
    await api.POST("/auth/logout");
  } finally {
    forget();
  }
}
