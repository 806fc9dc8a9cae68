import { cn } from './cn';
import { formatNumber, formatShare } from './number';

interface ProgressProps {
  /** What is going on: `Importing contacts`. */
  label: string;
  done: number;
  /** Unknown while still counting. */
  total?: number;
  /** After the numbers: `about 2 min left`. */
  note?: string;
  locale?: string;
  className?: string;
}

/** Long work, with its numbers. For deliveries use the strip. */
export function Progress({ label, done, total, note, locale = 'en', className }: ProgressProps) {
  const known = total !== undefined && total > 0;
  const value = known ? Math.min(1, done / total) : undefined;
  return (
    <div className={cn('flex flex-col gap-1.5', className)}>
      <div className="flex items-baseline justify-between gap-4 text-sm">
        <span className="font-medium">{label}</span>
        <span className="figure text-ink-soft text-xs">
          {formatNumber(done, locale)}
          {known && ` of ${formatNumber(total, locale)} · ${formatShare(done, total, locale)}`}
        </span>
      </div>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={value === undefined ? undefined : Math.floor(value * 100)}
        className="h-1.5 overflow-hidden rounded-xs bg-rule"
      >
        <div
          className={cn('h-full bg-ink transition-[width]', value === undefined && 'w-1/3 animate-breathe')}
          style={value === undefined ? undefined : { width: `${value * 100}%` }}
        />
      </div>
      {note && <p className="text-ink-faint text-xs">{note}</p>}
    </div>
  );
}
