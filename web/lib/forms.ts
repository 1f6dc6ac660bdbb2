"use client";

import { useEffect, useRef } from "react";
import {
  type DefaultValues,
  type FieldErrors,
  type FieldValues,
  get,
  type Resolver,
  type ResolverError,
  set,
  type UseFormReturn,
  useForm,
} from "react-hook-form";
import type { ZodMiniType } from "zod/mini";
import { say } from "@/lib/say";

/** Imports a schema; zod, a tenth of a form page, is fetched after the page is usable. */
type Load<Input, Output> = () => Promise<ZodMiniType<Output, Input>>;

/**
 * A form checked by a schema on submit only: a message that came or went while a field is left
 * would move the button from under the finger. Focus goes to the summary.
 */
export function useZodForm<Input extends FieldValues, Output>(
  load: Load<Input, Output>,
  defaultValues: DefaultValues<Input>,
): UseFormReturn<Input, unknown, Output> {
  const first = useRef(load);
  useEffect(() => {
    first.current().catch(() => undefined);
  }, []);
  return useForm<Input, unknown, Output>({
    resolver: resolve(load),
    defaultValues,
    mode: "onSubmit",
    reValidateMode: "onSubmit",
    shouldFocusError: false,
  });
}

export function resolve<Input extends FieldValues, Output>(
  load: Load<Input, Output>,
): Resolver<Input, unknown, Output> {
  return async (values) => {
    const schema = await load().catch(() => null);
    if (!schema) return refused([{ path: ["root"], code: "load", message: say("unready") }]);
    const parsed = schema.safeParse(values);
    return parsed.success ? { values: parsed.data, errors: {} } : refused(parsed.error.issues);
  };
}

type Issue = { path: PropertyKey[]; code: string; message: string };

/** Of several issues of one field the first is shown. */
function refused<Input extends FieldValues>(issues: Issue[]): ResolverError<Input> {
  const errors: FieldErrors<Input> = {};
  for (const { path, code, message } of issues) {
    const name = path.join(".");
    if (!get(errors, name)) set(errors, name, { type: code, message });
  }
  return { values: {}, errors };
}
