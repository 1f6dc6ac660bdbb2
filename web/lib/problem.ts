import { problems } from "@/messages/problems";
import type { Locale } from "./i18n";
import type { components } from "./schema";

export type Problem = components["schemas"]["Problem"];
export type Fault = components["schemas"]["Fault"];

/** A refused request, thrown so that loaders and forms have one way to fail. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly problem: Partial<Problem>,
  ) {
    super(problem.code ?? `status ${status}`);
  }
}

interface Answer<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/** The data of an answer of `api`; throws ApiError, or the TypeError of a failed connection. */
export async function unwrap<Data>(asked: Promise<Answer<Data>>): Promise<Data> {
  const { data, error, response } = await asked;
  if (!response.ok) throw new ApiError(response.status, asProblem(error));
  return data as Data;
}

function asProblem(error: unknown): Partial<Problem> {
  return typeof error === "object" && error !== null ? (error as Partial<Problem>) : {};
}

/** A sentence for people: ours for known codes, else the server's, else a general one. */
export function explain(error: unknown, locale: Locale): string {
  const known: Record<string, string> = problems[locale];
  if (!(error instanceof ApiError)) return problems[locale].offline;
  const { code = "", detail } = error.problem;
  return known[code] ?? detail ?? (error.status === 404 ? known.not_found : known.unknown) ?? "";
}

export function hasCode(error: unknown, code: string): error is ApiError {
  return error instanceof ApiError && error.problem.code === code;
}
