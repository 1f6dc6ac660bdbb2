"use client";

import { Fragment, type ReactNode } from "react";
import { number } from "@/lib/format";
import { fill } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import type { usePages } from "@/lib/use-pages";
import { useWide } from "@/lib/use-wide";
import { admin } from "@/messages/admin";
import { Failure } from "../ui/failure";
import { LoadMore } from "../ui/load-more";
import { Loading } from "../ui/spinner";
import { Cell, Table } from "../ui/table";

export interface Column<Row> {
  label: string;
  cell: (row: Row) => ReactNode;
  numeric?: boolean;
}

interface RowsProps<Row> {
  caption: string;
  /** The first names the row: its header in the table, its heading on a card. */
  columns: [Column<Row>, ...Column<Row>[]];
  rows: readonly Row[];
}

/** A table where there is room, else a card for each row. Large letters put words below labels. */
export function Rows<Row extends { id: string }>(props: RowsProps<Row>) {
  return useWide() ? <RowsTable {...props} /> : <RowsCards {...props} />;
}

function RowsTable<Row extends { id: string }>({ caption, columns, rows }: RowsProps<Row>) {
  const [head, ...rest] = columns;
  return (
    <Table caption={caption} columns={columns}>
      {rows.map((row) => (
        <tr key={row.id}>
          <th scope="row" className="px-4 py-3 text-left align-top font-semibold">
            {head.cell(row)}
          </th>
          {rest.map((column) => (
            <Cell key={column.label} numeric={column.numeric ?? false}>
              {column.cell(row)}
            </Cell>
          ))}
        </tr>
      ))}
    </Table>
  );
}

function RowsCards<Row extends { id: string }>({ caption, columns, rows }: RowsProps<Row>) {
  const [head, ...rest] = columns;
  return (
    <ul aria-label={caption} className="space-y-3">
      {rows.map((row) => (
        <li key={row.id} className="@container rounded-xl border border-line bg-card p-gutter">
          <div className="font-semibold break-words">{head.cell(row)}</div>
          <dl className="mt-2 grid grid-cols-1 items-baseline gap-x-4 @3xs:grid-cols-[auto_1fr] @3xs:gap-y-1.5">
            {rest.map((column) => {
              const content = column.cell(row);
              if (content === null) return null;
              return (
                <Fragment key={column.label}>
                  <dt className="mt-1.5 text-sm text-muted @3xs:mt-0">{column.label}</dt>
                  <dd className="min-w-0 break-words @3xs:text-right">{content}</dd>
                </Fragment>
              );
            })}
          </dl>
        </li>
      ))}
    </ul>
  );
}

interface DataListProps<Row> extends Omit<RowsProps<Row>, "rows"> {
  list: ReturnType<typeof usePages<Row>>;
  /** Stands in for the list when it is empty. */
  empty: ReactNode;
}

/** A cursor list in all its states; how many are shown is told to screen readers. */
export function DataList<Row extends { id: string }>(props: DataListProps<Row>) {
  const { list, empty, caption, columns } = props;
  const locale = useLocale();
  const t = admin[locale];
  const shown = fill(list.more ? t.shownMore : t.shown, {
    count: number(list.items.length, locale),
  });
  if (list.error && !list.loaded) return <Failure error={list.error} retry={list.reload} />;
  return (
    <div aria-busy={list.busy}>
      <p role="status" className="mb-2 min-h-6 text-sm text-muted">
        {list.loaded && (list.items.length > 0 ? shown : t.noneFound)}
      </p>
      {!list.loaded && <Loading />}
      {list.loaded && list.items.length === 0 && empty}
      {list.items.length > 0 && <Rows caption={caption} columns={columns} rows={list.items} />}
      {list.error ? <Failure error={list.error} /> : null}
      <LoadMore more={list.more} busy={list.busy} />
    </div>
  );
}
