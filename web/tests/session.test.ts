import { beforeEach, describe, expect, it, vi } from "vitest";
import { authorized } from "@/lib/api";
import { currentSession, forget, refreshToken, signIn } from "@/lib/session";

const PERSON = {
  id: "p1",
  email: "a@example.org",
  name: "Ananya",
  role: "user",
  locale: "en",
  verified: true,
  created_at: "2026-01-01T00:00:00Z",
} as const;
const auth = (access_token: string) => ({
  access_token,
  token_type: "Bearer" as const,
  expires_in_seconds: 86400,
  person: PERSON,
});
const server = vi.fn<typeof fetch>();
const sent = (request: Parameters<typeof fetch>[0]) =>
  (request as Request).headers.get("Authorization");

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  });
  vi.stubGlobal("dispatchEvent", () => true);
  server.mockReset();
  vi.stubGlobal("fetch", server);
});

const ask = () =>
  authorized(new Request("https://site.example/api/me", { method: "POST", body: "{}" }));
const gone = () => new Response(null, { status: 401 });

describe("a request", () => {
  it("carries the token", async () => {
    signIn(auth("one"));
    server.mockResolvedValueOnce(new Response("ok"));
    await ask();
    expect(sent(server.mock.calls[0]?.[0] ?? "")).toBe("Bearer one");
  });

  it("has a token that ran out renewed before it goes out", async () => {
    signIn({ ...auth("old"), expires_in_seconds: 0 });
    server
      .mockResolvedValueOnce(Response.json(auth("new")))
      .mockResolvedValueOnce(new Response("ok"));
    await ask();
    expect(server.mock.calls[0]?.[0]).toBe("/api/auth/refresh");
    expect(sent(server.mock.calls[1]?.[0] ?? "")).toBe("Bearer new");
  });

  it("renews an old token once and is repeated with its body", async () => {
    signIn(auth("old"));
    server
      .mockResolvedValueOnce(gone())
      .mockResolvedValueOnce(Response.json(auth("new")))
      .mockResolvedValueOnce(new Response("ok"));
    expect((await ask()).status).toBe(200);
    const repeated = server.mock.calls[2]?.[0] as Request;
    expect(sent(repeated)).toBe("Bearer new");
    expect(await repeated.text()).toBe("{}");
    expect(currentSession()?.token).toBe("new");
  });

  it("ends the session when the server says that it has ended", async () => {
    signIn(auth("old"));
    server.mockResolvedValueOnce(gone()).mockResolvedValueOnce(gone());
    expect((await ask()).status).toBe(401);
    expect(currentSession()).toBeNull();
    expect(server).toHaveBeenCalledTimes(2);
  });

  it("is not repeated without a session", async () => {
    forget();
    server.mockResolvedValueOnce(gone());
    expect((await ask()).status).toBe(401);
    expect(server).toHaveBeenCalledTimes(1);
  });
});

describe("renewing", () => {
  it("goes on without the lock that a browser refuses with site data", async () => {
    const request = () => Promise.reject(new DOMException("denied", "SecurityError"));
    vi.stubGlobal("navigator", { locks: { request } });
    signIn(auth("old"));
    server.mockResolvedValueOnce(Response.json(auth("new")));
    expect(await refreshToken("old")).toBe("new");
    vi.unstubAllGlobals();
  });

  it("asks the server once for many requests at a time", async () => {
    signIn(auth("old"));
    server.mockImplementation(async () => Response.json(auth("new")));
    expect(await Promise.all([refreshToken("old"), refreshToken("old")])).toEqual(["new", "new"]);
    expect(server).toHaveBeenCalledTimes(1);
  });

  it("takes what another tab has renewed", async () => {
    signIn(auth("theirs"));
    expect(await refreshToken("old")).toBe("theirs");
    expect(server).not.toHaveBeenCalled();
  });

  it("keeps the session when the server is out of reach", async () => {
    signIn(auth("old"));
    server.mockResolvedValueOnce(new Response(null, { status: 503 }));
    expect(await refreshToken("old")).toBeNull();
    expect(currentSession()?.token).toBe("old");
  });
});
