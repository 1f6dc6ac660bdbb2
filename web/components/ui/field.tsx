"use client";

import {
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useRef,
} from "react";
import { get, useFormContext } from "react-hook-form";
import { cx } from "@/lib/cx";
import { useLocale } from "@/lib/locale";
import { common } from "@/messages/common";
import { CONTROL } from "./control";
import { useWording } from "./error-summary";

export interface FieldProps {
  /** The path in the form's values; the element's id as well, which the summary links to. */
  name: string;
  label: string;
  hint?: ReactNode;
  optional?: boolean;
}

/** What the control needs of the form: registration, id, error state, description. */
export function useField({ name, hint }: Pick<FieldProps, "name" | "hint">, valueAsNumber = false) {
  const { register, formState, clearErrors } = useFormContext();
  const found = get(formState.errors, name) as { message?: unknown } | undefined;
  const error = typeof found?.message === "string" ? found.message : undefined;
  const described = cx(hint ? `${name}-hint` : null, error && `${name}-error`);
  return {
    error,
    control: {
      id: name,
      "aria-invalid": error ? true : undefined,
      "aria-describedby": described || undefined,
      ...register(name, { valueAsNumber, onChange: () => clearErrors(name) }),
    },
  };
}

/** Label above, then hint, then error, then the control. */
export function FieldFrame(props: FieldProps & { error: string | undefined; children: ReactNode }) {
  const { name, label, hint, optional, error, children } = props;
  const t = common[useLocale()];
  return (
    <div className="space-y-1.5">
      <label htmlFor={name} className="block font-semibold">
        {label} {optional && <span className="font-normal text-muted">({t.optional})</span>}
      </label>
      {hint && (
        <div id={`${name}-hint`} className="text-sm text-muted">
          {hint}
        </div>
      )}
      <FieldError name={name} error={error} />
      {children}
    </div>
  );
}

/** Goes with the first change of the field; its place stays until the form is sent again. */
export function FieldError({ name, error }: { name: string; error: string | undefined }) {
  const t = common[useLocale()];
  const wording = useWording();
  const { submitCount } = useFormContext().formState;
  const latest = useRef({ error, submitCount });
  if (error || latest.current.submitCount !== submitCount) latest.current = { error, submitCount };
  const shown = latest.current.error;
  if (!shown) return null;
  return (
    <p id={`${name}-error`} className={cx("font-semibold text-bad", !error && "invisible")}>
      <span className="sr-only">{t.error} </span>
      {wording(shown)}
    </p>
  );
}

type TextProps = FieldProps & Omit<InputHTMLAttributes<HTMLInputElement>, "name">;

export function TextField({ name, label, hint, optional, className, ...input }: TextProps) {
  const { error, control } = useField({ name, hint }, input.type === "number");
  return (
    <FieldFrame {...{ name, label, hint, optional, error }}>
      <input {...input} {...control} className={cx(CONTROL, className)} />
    </FieldFrame>
  );
}

type AreaProps = FieldProps & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, "name">;

export function TextArea({ name, label, hint, optional, rows = 4, ...area }: AreaProps) {
  const { error, control } = useField({ name, hint });
  return (
    <FieldFrame {...{ name, label, hint, optional, error }}>
      <textarea {...area} rows={rows} {...control} className={CONTROL} />
    </FieldFrame>
  );
}

type SelectProps = FieldProps & Omit<SelectHTMLAttributes<HTMLSelectElement>, "name">;

export function SelectField({ name, label, hint, optional, children, ...select }: SelectProps) {
  const { error, control } = useField({ name, hint });
  return (
    <FieldFrame {...{ name, label, hint, optional, error }}>
      <select {...select} {...control} className={CONTROL}>
        {children}
      </select>
    </FieldFrame>
  );
}

/** One tick box with its sentence beside it; the sentence may hold links. */
export function Checkbox({ name, label, hint }: Omit<FieldProps, "label"> & { label: ReactNode }) {
  const { error, control } = useField({ name, hint });
  return (
    <div className="space-y-1.5">
      <FieldError name={name} error={error} />
      <div className="flex items-start gap-3">
        <input type="checkbox" {...control} className="mt-0.5 size-6 shrink-0 accent-brand" />
        <label htmlFor={name}>{label}</label>
      </div>
      {hint && (
        <div id={`${name}-hint`} className="text-sm text-muted">
          {hint}
        </div>
      )}
    </div>
  );
}
