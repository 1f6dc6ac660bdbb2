"use client";

import type { ComponentProps } from "react";
import { useFormState } from "react-hook-form";
import { Button } from "./button";

/** The form's button: never disabled, busy while the form is being sent. */
export function Submit(props: Omit<ComponentProps<typeof Button>, "type" | "busy">) {
  const { isSubmitting } = useFormState();
  return <Button size="large" wide {...props} type="submit" busy={isSubmitting} />;
}
