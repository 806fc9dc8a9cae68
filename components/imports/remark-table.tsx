import { Badge } from '@/components/ui/badge';
import { formatNumber } from '@/components/ui/number';
import { cleanLine } from '@/lib/domain/contact';
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
    <ul className="@container border-ink border-t">
      {remarks.map(({ rowNumber, severity, code, message, cells }) => (
        <li
          key={rowNumber}
          className="grid @3xl:grid-cols-[9.5rem_minmax(0,1fr)_minmax(0,1fr)] items-baseline gap-x-6 gap-y-1.5 border-rule border-b py-3"
        >
          <span className="flex items-center gap-2">
            <span className="figure">Row {formatNumber(rowNumber)}</span>
            <Badge tone={severity === 'rejected' ? 'failed' : 'neutral'}>
              {severity === 'rejected' ? 'Rejected' : 'Note'}
            </Badge>
          </span>
          <span className="min-w-0">
            <span className="font-medium">{ROW_CODES[code] ?? code}</span>
            <span className="block text-ink-soft [overflow-wrap:anywhere]">{message}</span>
          </span>
          <span className="line-clamp-3 min-w-0 font-mono text-ink-soft text-xs [overflow-wrap:anywhere]">
            {cells.length === 0 && 'erased'}
            {cells.map((cell, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: cells of a row have nothing else to be told apart by
              <span key={index}>
                {index > 0 && <span className="text-ink-faint"> | </span>}
                <bdi>{cleanLine(cell).text}</bdi>
              </span>
            ))}
          </span>
        </li>
      ))}
    </ul>
  );
}
