import { type Column, DataTable } from '@/components/ui/data-table';
import { TextLink } from '@/components/ui/link-button';
import { formatNumber } from '@/components/ui/number';
import { RelativeTime } from '@/components/ui/relative-time';
import { Stamp, type StampStatus } from '@/components/ui/stamp';

export interface OutputTableRow {
  runId: string;
  step: number;
  contactId: string;
  values: Record<string, unknown>;
  recordedAt: string;
}

const OUTCOMES: Record<string, StampStatus> = {
  accepted: 'accepted',
  failed: 'failed',
  skipped: 'skipped',
  in_doubt: 'in_doubt',
  cancelled: 'cancelled',
  expired: 'expired',
};

const ISO_MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;

function Cell({ column, value }: { column: string; value: unknown }) {
  if (value === null || value === undefined || value === '') return <span className="text-ink-faint">–</span>;
  if (column === 'outcome' && typeof value === 'string') {
    const status = OUTCOMES[value];
    if (status) return <Stamp status={status} />;
  }
  if (typeof value === 'number') return <span className="figure">{formatNumber(value)}</span>;
  if (typeof value === 'string' && ISO_MOMENT.test(value)) return <RelativeTime at={value} show="exact" />;
  const text = typeof value === 'string' ? value : Array.isArray(value) ? value.join(', ') : JSON.stringify(value);
  return <span className="line-clamp-2 [overflow-wrap:anywhere]">{text}</span>;
}

interface RowsTableProps {
  label: string;
  columns: string[];
  rows: OutputTableRow[];
  runNames: Record<string, string>;
}

/** The rows as they were recorded; the contact and the run of each are links. */
export function RowsTable({ label, columns, rows, runNames }: RowsTableProps) {
  const [first, ...others] = columns;
  const contact: Column<OutputTableRow> = {
    key: 'contact',
    header: first ?? 'contact',
    cell: ({ contactId, values }) => (
      <TextLink href={`/contacts/${contactId}`}>{firstWord(first ? values[first] : null) || contactId}</TextLink>
    ),
  };
  return (
    <DataTable
      label={label}
      rows={rows}
      rowKey={({ runId, step, contactId }) => `${runId} ${step} ${contactId}`}
      columns={[
        contact,
        ...others.map(
          (column): Column<OutputTableRow> => ({
            key: `value ${column}`,
            header: column,
            cell: ({ values }) => <Cell column={column} value={values[column]} />,
          }),
        ),
        {
          key: 'run',
          header: 'run',
          cell: ({ runId, step }) => (
            <TextLink href={`/runs/${runId}`} className="line-clamp-1">
              {runNames[runId] ?? runId}, step {step + 1}
            </TextLink>
          ),
        },
        { key: 'recorded', header: 'recorded', cell: ({ recordedAt }) => <RelativeTime at={recordedAt} /> },
      ]}
    />
  );
}

function firstWord(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
