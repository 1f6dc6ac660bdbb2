import {
  CheckCircleIcon,
  ExclamationTriangleIcon,
  InformationCircleIcon,
  XCircleIcon,
} from "@heroicons/react/24/outline";
import type { ReactNode } from "react";
import { cx } from "@/lib/cx";

const KINDS = {
  info: [InformationCircleIcon, "border-info bg-info-soft"],
  success: [CheckCircleIcon, "border-good bg-good-soft"],
  warning: [ExclamationTriangleIcon, "border-warn bg-warn-soft"],
  error: [XCircleIcon, "border-bad bg-bad-soft"],
} as const;

interface AlertProps {
  kind?: keyof typeof KINDS;
  title?: string;
  children?: ReactNode;
  className?: string;
}

/** Errors interrupt a screen reader; the rest waits for its turn. */
export function Alert({ kind = "info", title, children, className }: AlertProps) {
  const [Icon, colors] = KINDS[kind];
  return (
    <div
      role={kind === "error" ? "alert" : "status"}
      className={cx("flex gap-3 rounded-xl border-l-4 p-4", colors, className)}
    >
      <Icon className="size-6 shrink-0" aria-hidden="true" />
      <div className="min-w-0 space-y-2">
        {title && <p className="font-semibold">{title}</p>}
        {children}
      </div>
    </div>
  );
}
