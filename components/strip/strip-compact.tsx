import { cn } from '@/components/ui/cn';
import { formatNumber } from '@/components/ui/number';
import { describeStrip, type StripCounts, stripTotal } from '@/lib/domain/strip';
import { StripBar } from './strip-bar';

interface StripCompactProps {
  counts: StripCounts;
  locale?: string;
  /** Leaves the sum out where it stands in the next column. */
  bare?: boolean;
  className?: string;
}

/** The strip in one line, for tables and cards. */
export function StripCompact({ counts, locale = 'en', bare = false, className }: StripCompactProps) {
  const words = describeStrip(counts, locale);
  return (
    <span className={cn('flex w-full min-w-24 items-center gap-3', className)}>
      <span role="img" aria-label={words} title={words} className="relative z-[1] grow">
        <StripBar counts={counts} />
      </span>
      {!bare && (
        <span className="figure shrink-0 text-ink-soft text-xs">= {formatNumber(stripTotal(counts), locale)}</span>
      )}
    </span>
  );
}
