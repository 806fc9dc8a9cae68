import { Badge } from '@/components/ui/badge';
import { DataTable } from '@/components/ui/data-table';
import { ROW_CODES } from '@/lib/domain/import';

export interface RemarkRow {
  rowNumber: number;
  severity: 'rejected' | 'note';
  column: string | null;
  code: string;
  message: string;
  cells: string[];
}

/** Rows that were refused or taken with a note: where in the file, why, and what they say. */
export function RemarkTable({ remarks }: { remarks: RemarkRow[] }) {
  return (
    <DataTable
      label="Rows with remarks"
      rows={remarks}
      rowKey={({ rowNumber }) => String(rowNumber)}
      columns={[
        {
          key: 'row',
          header: 'Row',
          width: '7rem',
          cell: ({ rowNumber, severity }) => (
            <span className="flex items-center gap-2">
              <span className="figure">{rowNumber}</span>
              <Badge tone={severity === 'rejected' ? 'failed' : 'neutral'}>
                {severity === 'rejected' ? 'Rejected' : 'Note'}
              </Badge>
            </span>
          ),
        },
        {
          key: 'why',
          header: 'Why',
          width: '40%',
          cell: ({ code, message, column }) => (
            <>
              <span className="font-medium">{ROW_CODES[code] ?? code}</span>
              <span className="block text-ink-soft [overflow-wrap:anywhere]">
                {column && <span className="text-ink-faint">{column}: </span>}
                {message}
              </span>
            </>
          ),
        },
        {
          key: 'cells',
          header: 'The row',
          cell: ({ cells }) => (
            <span className="line-clamp-3 font-mono text-ink-soft text-xs [overflow-wrap:anywhere]" dir="auto">
              {cells.length > 0 ? cells.join(' | ') : 'erased'}
            </span>
          ),
        },
      ]}
    />
  );
}
