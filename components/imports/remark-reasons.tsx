import { Badge } from '@/components/ui/badge';
import { Link } from '@/components/ui/link';
import { formatNumber } from '@/components/ui/number';
import { ROW_CODES } from '@/lib/domain/import';

interface RemarkReasonsProps {
  byCode: { code: string; severity: string; n: number }[];
  hrefFor: (query: string) => string;
}

/** Reasons with their numbers, those that refused rows first; each leads to its rows. */
export function RemarkReasons({ byCode, hrefFor }: RemarkReasonsProps) {
  const refusedFirst = byCode.toSorted((a, b) => b.severity.localeCompare(a.severity) || b.n - a.n);
  return (
    <ul className="divide-y divide-rule border-ink border-t">
      {refusedFirst.map(({ code, severity, n }) => (
        <li key={`${severity} ${code}`} className="relative flex items-center gap-4 py-2.5 hover:bg-well">
          <Link
            href={hrefFor(new URLSearchParams({ severity, code }).toString())}
            className="min-w-0 grow after:absolute after:inset-0"
          >
            {ROW_CODES[code] ?? code.replaceAll('_', ' ')}
          </Link>
          <Badge tone={severity === 'rejected' ? 'failed' : 'neutral'}>
            {severity === 'rejected' ? 'Rejected' : 'Taken with a note'}
          </Badge>
          <span className="figure w-16 text-right">{formatNumber(n)}</span>
        </li>
      ))}
    </ul>
  );
}
