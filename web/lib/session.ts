"use client";

import { useSyncExternalStore } from "react";
import type { components } from "./schema";
import { deviceStore } from "./storage";

export type Person = components["schemas"]["Person"];
type Auth = components["schemas"]["Auth"];
export interface Session {
  token: string;
  person: Person;
  /** Epoch ms by this device's clock. */
  expires_at?: number;
}

const KEY = "bashi.session";
const CHANGED = "bashi:session";
let cached: { text: string | null; session: Session | null } = { text: null, session: null };

/** The signed-in person and their access token, or null. Stable between two changes. */
export function currentSession(): Session | null {
  const text = deviceStore.get(KEY);
  if (text !== cached.text) cached = { text, session: parse(text) };
  return cached.session;
}

function parse(text: string | null): Session | null {
  if (!text) return null;
  try {
    const value = JSON.parse(text) as Partial<Session>;
    return value.token && value.person ? (value as Session) : null;
  } catch {
    return null;
  }
}

function store(session: Session | null): void {
  if (session) deviceStore.set(KEY, JSON.stringify(session));
  else deviceStore.remove(KEY);
  dispatchEvent(new Event(CHANGED));
}

export function signIn(auth: Auth): void {
  const expires_at = Date.now() + auth.expires_in_seconds * 1000;
  store({ token: auth.access_token, person: auth.person, expires_at });
}

/** Keeps the token, shows the changed profile. */
export function updatePerson(person: Person): void {
  const session = currentSession();
  if (session) store({ ...session, person });
}

/** Forgets the session on this device; the server is told by `signOut` in `lib/api.ts`. */
export function forget(): void {
  store(null);
}

function subscribe(changed: () => void): () => void {
  addEventListener(CHANGED, changed);
  addEventListener("storage", changed);
  return () => {
    removeEventListener(CHANGED, changed);
    removeEventListener("storage", changed);
  };
}

/** The session; `undefined` in the prerendered page, before the browser has been asked. */
export function useSession(): Session | null | undefined {
  return useSyncExternalStore<Session | null | undefined>(
    subscribe,
    currentSession,
    () => undefined,
  );
}

export function isStaff(person: Person | undefined): boolean {
  return person?.role === "volunteer" || person?.role === "admin";
}

/**
 * The access token, renewed first when it has run out: routes that are open to everyone take an
 * old one for none, and answer 404 where the person's own order is.
 */
export async function freshToken(): Promise<string | undefined> {
  const session = currentSession();
  if (!session?.expires_at || Date.now() < session.expires_at) return session?.token;
  return (await refreshToken(session.token)) ?? currentSession()?.token;
}

let refreshing: Promise<string | null> | null = null;

/**
 * A token newer than `stale`, or null when the session has ended.
 *
 * The refresh token rotates, so tabs take turns under a Web Lock; a tab that waited finds the
 * token of the one before it in the store. A network error leaves the session as it is.
 */
export function refreshToken(stale: string | undefined): Promise<string | null> {
  refreshing ??= underLock(() => renew(stale)).finally(() => {
    refreshing = null;
  });
  return refreshing;
}

/** A browser that blocks site data has locks, and refuses them. */
async function underLock<T>(work: () => Promise<T>): Promise<T> {
  if (!navigator.locks) return work();
  let begun = false;
  const begin = () => {
    begun = true;
    return work();
  };
  try {
    return await navigator.locks.request("bashi.refresh", begin);
  } catch (error) {
    if (begun) throw error;
    return work();
  }
}

async function renew(stale: string | undefined): Promise<string | null> {
  const known = currentSession()?.token;
  if (known && known !== stale) return known;
  const response = await fetch("/api/auth/refresh", { method: "POST" });
  if (response.ok) {
    const auth = (await response.json()) as Auth;
    signIn(auth);
    return auth.access_token;
  }
  if (response.status === 401) forget();
  return null;
}
