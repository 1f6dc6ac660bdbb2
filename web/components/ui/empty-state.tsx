import type { ComponentType, ReactNode, SVGProps } from "react";

interface EmptyStateProps {
  icon: ComponentType<SVGProps<SVGSVGElement>>;
  title: string;
  children?: ReactNode;
}

/** Says why a list is empty and what to do next. */
export function EmptyState({ icon: Icon, title, children }: EmptyStateProps) {
  return (
    <div className="rounded-2xl border border-dashed border-line px-6 py-12 text-center">
      <Icon className="mx-auto size-12 text-field" aria-hidden="true" />
      <p className="mt-3 text-lg font-semibold">{title}</p>
      {children && <div className="mt-2 space-y-4 text-muted">{children}</div>}
    </div>
  );
}
