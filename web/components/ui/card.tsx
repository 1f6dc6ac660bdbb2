import type { HTMLAttributes } from "react";
import { cx } from "@/lib/cx";

/** A bounded piece of a page. */
export function Card({ className, ...rest }: HTMLAttributes<HTMLDivElement>) {
  return (
    <div
      {...rest}
      className={cx("rounded-2xl border border-line bg-card p-inset shadow-xs sm:p-6", className)}
    />
  );
}
