import type { ReactNode, TdHTMLAttributes } from "react";
import { cx } from "@/lib/cx";

interface TableProps {
  caption: string;
  columns: (string | { label: string; numeric?: boolean })[];
  children: ReactNode;
}

/** A real table that scrolls sideways inside its own focusable region on narrow screens. */
export function Table({ caption, columns, children }: TableProps) {
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: keyboard users must be able to scroll it.
      tabIndex={0}
      aria-label={caption}
      className="overflow-x-auto rounded-xl border border-line bg-card"
    >
      <table className="w-full border-collapse text-left">
        <caption className="sr-only">{caption}</caption>
        <thead className="border-b border-line text-sm text-muted">
          <tr>
            {columns.map((column) => {
              const { label, numeric = false } =
                typeof column === "string" ? { label: column } : column;
              return (
                <th
                  key={label}
                  scope="col"
                  className={cx("px-4 py-3 font-semibold", numeric && "text-right")}
                >
                  {label}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">{children}</tbody>
      </table>
    </section>
  );
}

type CellProps = TdHTMLAttributes<HTMLTableCellElement> & { numeric?: boolean };

export function Cell({ numeric, className, ...rest }: CellProps) {
  return (
    <td
      {...rest}
      className={cx("px-4 py-3 align-top", numeric && "text-right tabular-nums", className)}
    />
  );
}
