import { cn } from '@/components/ui/cn';
import { Link } from '@/components/ui/link';
import { formatNumber, formatShare } from '@/components/ui/number';

export interface BarDatum {
  key: string;
  label: string;
  value: number;
  href?: string;
  tone?: 'ink' | 'accepted' | 'failed' | 'doubt' | 'waiting' | 'skipped';
}

interface BarChartProps {
  /** What is compared: `Bounces by domain`. */
  label: string;
  bars: BarDatum[];
  /** Shows each bar's share of this whole. */
  whole?: number;
  locale?: string;
  className?: string;
}

const FILL = {
  ink: 'bg-ink-soft',
  accepted: 'bg-accepted',
  failed: 'bg-failed',
  doubt: 'bg-doubt',
  waiting: 'bg-waiting',
  skipped: 'bg-skipped',
};

/** Named quantities, one line each, the number at the right; a table to a screen reader. */
export function BarChart({ label, bars, whole, locale = 'en', className }: BarChartProps) {
  const top = Math.max(...bars.map(({ value }) => value), 1);
  return (
    <table className={cn('w-full border-separate border-spacing-0 text-sm', className)}>
      <caption className="sr-only">{label}</caption>
      <tbody>
        {bars.map(({ key, label: word, value, href, tone = 'ink' }) => (
          <tr key={key}>
            <th
              scope="row"
              className="w-0 max-w-56 truncate whitespace-nowrap max-sm:w-2/5 max-sm:whitespace-normal py-1.5 pr-4 text-left font-normal"
            >
              {word}
            </th>
            <td aria-hidden="true" className="py-1.5">
              <span
                className={cn('block h-3 min-w-px transition-[width] duration-180', FILL[tone])}
                style={{ width: `${(value / top) * 100}%` }}
              />
            </td>
            <td className="figure w-0 py-1.5 pl-4 text-right">
              {href ? (
                <Link href={href} className="rounded-xs underline-offset-4 hover:text-link hover:underline">
                  {formatNumber(value, locale)}
                </Link>
              ) : (
                formatNumber(value, locale)
              )}
            </td>
            {whole !== undefined && (
              <td className="figure w-0 py-1.5 pl-4 text-right text-ink-faint text-xs">
                {formatShare(value, whole, locale)}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
