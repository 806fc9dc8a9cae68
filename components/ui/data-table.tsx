import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from '@/components/ui/link';
import { cn } from './cn';
import { Table } from './table';
import { TableKeys } from './table-keys';

export type SortDirection = 'asc' | 'desc';

export interface Column<Row> {
  key: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** Numbers stand right. */
  align?: 'left' | 'right';
  /** Makes the header a link, given that the table has `sort`. */
  sortable?: boolean;
  /** The column's sum over everything the filter matches, not over this page. */
  total?: ReactNode;
  /** CSS width. */
  width?: string;
  /** Left out where the table is narrower than 896 px (`lg`) or 1152 px (`xl`), and on stacked rows. */
  from?: 'lg' | 'xl';
  /** On stacked rows: in the corner or in a line of its own, both without a label, or as wide as the row. */
  stacked?: 'corner' | 'plain' | 'wide';
}

export interface TableSort {
  key: string;
  direction: SortDirection;
  hrefFor: (key: string, direction: SortDirection) => string;
}

interface DataTableProps<Row> {
  /** Says what the rows are; for screen readers. */
  label: string;
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  /** Where a row leads; the first cell becomes the link and the whole row is its target. */
  rowHref?: (row: Row) => string;
  sort?: TableSort;
  /** Instead of rows when there are none. */
  empty?: ReactNode;
  className?: string;
}

const FROM = { lg: '@max-4xl:hidden', xl: '@max-6xl:hidden' } as const;

const LABELLED =
  '@max-3xl:flex @max-3xl:flex-col @max-3xl:items-start @max-3xl:before:text-ink-faint @max-3xl:before:text-xs @max-3xl:before:content-[attr(data-label)] @max-3xl:empty:hidden';
const STACKED = {
  corner: '@max-3xl:absolute @max-3xl:top-3 @max-3xl:right-0',
  plain: '@max-3xl:col-span-full @max-3xl:empty:hidden',
  wide: `@max-3xl:col-span-full ${LABELLED}`,
} as const;

/**
 * The workhorse. Sticky header, rows by keyboard (j, k, enter), headers that sort through the address, sums under a
 * double rule; where it is narrower than 768 px every row stands as a small sheet of label and value.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, rowKey, rowHref, sort, empty, className } = props;
  if (rows.length === 0 && empty) return empty;
  const hasTotals = columns.some(({ total }) => total !== undefined);
  const hasCorner = columns.some(({ stacked }) => stacked === 'corner');
  return (
    <TableKeys className={cn('@container w-full', className)}>
      <Table aria-label={label} className="@max-3xl:block">
        <thead className="@max-3xl:sr-only">
          <tr>
            {columns.map((column) => (
              <HeaderCell key={column.key} column={column} sort={sort} />
            ))}
          </tr>
        </thead>
        <tbody className="@max-3xl:block">
          {rows.map((row) => (
            <tr
              key={rowKey(row)}
              className={cn(
                'group/row @max-3xl:grid @max-3xl:grid-cols-2 @max-3xl:@lg:grid-cols-3 @max-3xl:gap-x-6 @max-3xl:gap-y-2 @max-3xl:border-rule @max-3xl:border-b @max-3xl:py-4',
                hasCorner && '@max-3xl:relative @max-3xl:[&>td:first-child]:pr-12!',
                rowHref && 'relative transition-colors hover:bg-well has-[[data-row-link]:focus-visible]:bg-well',
              )}
            >
              {columns.map((column, index) => (
                <BodyCell key={column.key} column={column} first={index === 0}>
                  {index === 0 && rowHref ? (
                    <RowLink href={rowHref(row)}>{column.cell(row)}</RowLink>
                  ) : (
                    column.cell(row)
                  )}
                </BodyCell>
              ))}
            </tr>
          ))}
        </tbody>
        {hasTotals && <Totals columns={columns} />}
      </Table>
    </TableKeys>
  );
}

function HeaderCell<Row>({ column, sort }: { column: Column<Row>; sort: TableSort | undefined }) {
  const { key, header, align, sortable, width, from } = column;
  const active = sort?.key === key ? sort.direction : undefined;
  const next: SortDirection =
    active === undefined ? (align === 'right' ? 'desc' : 'asc') : active === 'asc' ? 'desc' : 'asc';
  const Arrow = (active ?? next) === 'asc' ? ArrowUp : ArrowDown;
  return (
    <th
      scope="col"
      style={width ? { width } : undefined}
      aria-sort={active && (active === 'asc' ? 'ascending' : 'descending')}
      className={cn(
        'sticky top-[var(--bar,0px)] z-10 h-9 whitespace-nowrap border-rule-strong border-b bg-paper px-3 font-medium text-ink-soft text-xs first:pl-2 last:pr-2',
        align === 'right' ? 'text-right' : 'text-left',
        from && FROM[from],
      )}
    >
      {sort && sortable ? (
        <Link
          href={sort.hrefFor(key, next)}
          scroll={false}
          className={cn(
            'group/sort inline-flex items-center gap-1 rounded-xs py-1 hover:text-ink',
            align === 'right' && 'flex-row-reverse',
            active && 'text-ink',
          )}
        >
          {header}
          <Arrow
            aria-hidden="true"
            className={cn('size-3 transition-opacity', !active && 'opacity-0 group-hover/sort:opacity-60')}
          />
        </Link>
      ) : (
        header
      )}
    </th>
  );
}

function BodyCell<Row>({ column, first, children }: { column: Column<Row>; first: boolean; children: ReactNode }) {
  const { header, align, from, stacked } = column;
  return (
    <td
      data-label={header}
      className={cn(
        'min-w-0 border-rule px-3 py-[var(--row-pad)] align-middle first:pl-2 last:pr-2 @3xl:border-b',
        align === 'right' && '@3xl:text-right',
        '@max-3xl:p-0 @max-3xl:first:pl-0 @max-3xl:last:pr-0',
        first ? '@max-3xl:col-span-full @max-3xl:text-base' : !from && (stacked ? STACKED[stacked] : LABELLED),
        from && FROM[from],
      )}
    >
      {children}
    </td>
  );
}

function RowLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link
      href={href}
      data-row-link=""
      className="font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-link focus-visible:after:-outline-offset-2"
    >
      {children}
    </Link>
  );
}

function Totals<Row>({ columns }: { columns: Column<Row>[] }) {
  return (
    <tfoot className="@max-3xl:block">
      <tr className="@max-3xl:grid @max-3xl:grid-cols-2 @max-3xl:@lg:grid-cols-3 @max-3xl:gap-x-6 @max-3xl:gap-y-2 @max-3xl:border-ink @max-3xl:border-b-3 @max-3xl:border-double @max-3xl:py-4">
        {columns.map(({ key, header, total, align, from }, index) => (
          <td
            key={key}
            data-label={header}
            className={cn(
              '@3xl:double-rule px-3 py-[var(--row-pad)] font-medium first:pl-2 last:pr-2 @max-3xl:p-0 @max-3xl:first:pl-0',
              align === 'right' && '@3xl:text-right',
              index === 0
                ? '@max-3xl:col-span-full'
                : !from &&
                    '@max-3xl:flex @max-3xl:flex-col @max-3xl:items-start @max-3xl:before:font-normal @max-3xl:before:text-ink-faint @max-3xl:before:text-xs @max-3xl:before:content-[attr(data-label)]',
              index > 0 && total === undefined && '@max-3xl:hidden',
              from && FROM[from],
            )}
          >
            {total ?? (index === 0 ? 'Total' : null)}
          </td>
        ))}
      </tr>
    </tfoot>
  );
}
