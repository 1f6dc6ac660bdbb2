"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { type DefaultValues, type FieldValues, type UseFormReturn, useForm } from "react-hook-form";
import * as z from "zod/mini";

// Without it zod probes `new Function`, which the Content-Security-Policy forbids.
z.config({ jitless: true });

/** A form checked by `schema` on submit, then as fields are left. Focus goes to the summary. */
export function useZodForm<Input extends FieldValues, Output>(
  schema: z.ZodMiniType<Output, Input>,
  defaultValues: DefaultValues<Input>,
): UseFormReturn<Input, unknown, Output> {
  return useForm<Input, unknown, Output>({
    resolver: zodResolver(schema),
    defaultValues,
    mode: "onSubmit",
    reValidateMode: "onBlur",
    shouldFocusError: false,
  });
}
