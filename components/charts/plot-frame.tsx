import type { ReactNode } from 'react';
import { cn } from '@/components/ui/cn';
import { formatNumber } from '@/components/ui/number';

interface PlotFrameProps {
  ticks: number[];
  top: number;
  /** Pixels. */
  height: number;
  locale: string;
  /** The plot itself, positioned over the lines. */
  children: ReactNode;
  /** Labels below, positioned in percent. */
  below: { key: string | number; left: number; label: string }[];
}

/** The value axis at the left, its ruled lines, and the labels below. All in percent, so it fits any width unmeasured. */
export function PlotFrame({ ticks, top, height, locale, children, below }: PlotFrameProps) {
  return (
    <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 pt-2">
      <div aria-hidden="true" className="relative w-8" style={{ height }}>
        {ticks.map((tick) => (
          <span
            key={tick}
            className="figure absolute right-0 translate-y-1/2 text-ink-faint text-xs"
            style={{ bottom: `${(tick / top) * 100}%` }}
          >
            {formatNumber(tick, locale, { notation: tick >= 10_000 ? 'compact' : 'standard' })}
          </span>
        ))}
      </div>
      <div className="relative" style={{ height }}>
        {ticks.map((tick) => (
          <div
            key={tick}
            aria-hidden="true"
            className={cn('absolute inset-x-0 border-t', tick === 0 ? 'border-rule-strong' : 'border-rule')}
            style={{ bottom: `${(tick / top) * 100}%` }}
          />
        ))}
        {children}
      </div>
      <div aria-hidden="true" className="relative col-start-2 mt-2 h-4">
        {below.map(({ key, left, label }) => (
          <span
            key={key}
            className="figure absolute -translate-x-1/2 text-ink-faint text-xs max-sm:even:hidden"
            // half a label of room, so that the last one ends where the plot does
            style={{ left: `min(${Math.max(2, left)}%, 100% - 1.875rem)` }}
          >
            {label}
          </span>
        ))}
      </div>
    </div>
  );
}
