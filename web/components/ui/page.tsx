import type { ReactNode } from "react";
import { cx } from "@/lib/cx";

const WIDTHS = { narrow: "max-w-lg", text: "max-w-3xl", wide: "max-w-5xl" } as const;

interface PageProps {
  width?: keyof typeof WIDTHS;
  children: ReactNode;
  className?: string;
}

/** The column that a page's content stands in. */
export function Page({ width = "text", children, className }: PageProps) {
  return (
    <div className={cx("mx-auto w-full px-gutter py-8 sm:py-12", WIDTHS[width], className)}>
      {children}
    </div>
  );
}

interface PageHeaderProps {
  title: string;
  lead?: ReactNode;
  actions?: ReactNode;
}

/** The page's only h1. */
export function PageHeader({ title, lead, actions }: PageHeaderProps) {
  return (
    <div className="mb-6 flex flex-wrap items-center justify-between gap-4">
      <div className="min-w-0">
        <h1 className="text-3xl font-extrabold tracking-tight break-words">{title}</h1>
        {lead && <div className="mt-2 text-muted">{lead}</div>}
      </div>
      {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
    </div>
  );
}
