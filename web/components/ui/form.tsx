"use client";

import { type ReactNode, useEffect } from "react";
import {
  type FieldValues,
  FormProvider,
  get,
  type Path,
  type UseFormReturn,
} from "react-hook-form";
import { useLocale } from "@/lib/locale";
import { ApiError, explain } from "@/lib/problem";
import { ErrorSummary } from "./error-summary";

/** Words for each fault of a field are fetched after the page is usable, as schemas are. */
const loadFaults = () => import("@/lib/faults");

interface FormProps<Input extends FieldValues, Output> {
  form: UseFormReturn<Input, unknown, Output>;
  onSubmit: (values: Output) => Promise<void>;
  children: ReactNode;
  /** Fields of the API that have another name, or another place, in the form. */
  rename?: Record<string, Path<Input>>;
  className?: string;
}

/**
 * A form of the kit's fields: checks, then calls `onSubmit`. A refusal it throws is shown in the
 * summary, and at the field when the server names one.
 */
export function Form<Input extends FieldValues, Output>(props: FormProps<Input, Output>) {
  const { form, onSubmit, children, rename = {}, className = "space-y-5" } = props;
  const locale = useLocale();
  useEffect(() => {
    loadFaults().catch(() => undefined);
  }, []);
  const refuse = async (error: unknown) => {
    const fields = Object.entries((error instanceof ApiError && error.problem.fields) || {});
    const values = form.getValues();
    const known = fields.filter(([name]) => get(values, rename[name] ?? name) !== undefined);
    const ours = known.length > 0 ? await loadFaults().catch(() => null) : null;
    for (const [name, fault] of known) {
      const message = ours?.explainFault(fault, locale) ?? fault.detail;
      form.setError(rename[name] ?? (name as Path<Input>), { message });
    }
    if (known.length === 0) form.setError("root", { message: explain(error, locale) });
  };
  const submit = form.handleSubmit((values) => onSubmit(values).catch(refuse));
  return (
    <FormProvider {...form}>
      <form
        noValidate
        method="post"
        className={className}
        onSubmit={(event) => {
          event.preventDefault();
          if (!form.formState.isSubmitting) void submit(event);
        }}
      >
        <ErrorSummary />
        {children}
      </form>
    </FormProvider>
  );
}
