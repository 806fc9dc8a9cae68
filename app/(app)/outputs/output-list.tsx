import { Code } from '@/components/ui/code';
import { DataTable } from '@/components/ui/data-table';
import { TextLink } from '@/components/ui/link-button';
import { Num } from '@/components/ui/number';
import { RelativeTime } from '@/components/ui/relative-time';
import { Stamp } from '@/components/ui/stamp';

interface OutputListRow {
  id: string;
  name: string;
  slug: string;
  columns: string[];
  lastRunId: string | null;
  lastRunName: string | null;
  createdAt: string;
  archivedAt: string | null;
}

export function OutputList({ tables }: { tables: OutputListRow[] }) {
  return (
    <DataTable
      label="Output tables"
      rows={tables}
      rowKey={({ id }) => id}
      rowHref={({ slug }) => `/outputs/${slug}`}
      columns={[
        {
          key: 'name',
          header: 'Table',
          cell: ({ name, archivedAt }) => (
            <span className="flex flex-wrap items-center gap-3">
              <span className="min-w-0 [overflow-wrap:anywhere]">{name}</span>
              {archivedAt && <Stamp status="archived" />}
            </span>
          ),
        },
        { key: 'slug', header: 'Stable name', cell: ({ slug }) => <Code>{slug}</Code> },
        {
          key: 'columns',
          header: 'Columns',
          align: 'right',
          cell: ({ columns }) =>
            columns.length === 0 ? <span className="text-ink-faint">as written</span> : <Num value={columns.length} />,
        },
        {
          key: 'last',
          header: 'Newest run',
          cell: ({ lastRunId, lastRunName }) =>
            lastRunId ? (
              <TextLink href={`/runs/${lastRunId}`} className="relative z-10 line-clamp-1">
                {lastRunName ?? lastRunId}
              </TextLink>
            ) : (
              <span className="text-ink-faint">No row yet</span>
            ),
        },
        { key: 'created', header: 'Made', cell: ({ createdAt }) => <RelativeTime at={createdAt} /> },
      ]}
    />
  );
}
