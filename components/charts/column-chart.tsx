'use client';

import { cn } from '@/components/ui/cn';
import { formatNumber } from '@/components/ui/number';
import { Probe } from './probe';
import { niceScale } from './scale';

interface ColumnChartProps {
  /** What is counted over what: `Unsubscribes per day`. */
  label: string;
  columns: { key: string; label: string; value: number; tone?: 'ink' | 'accepted' | 'failed' }[];
  /** Pixels. */
  height?: number;
  locale?: string;
  className?: string;
}

const FILL = { ink: 'bg-ink-soft', accepted: 'bg-accepted', failed: 'bg-failed' };

/** Counts in equal steps of time or size. */
export function ColumnChart({ label, columns, height = 160, locale = 'en', className }: ColumnChartProps) {
  const { top, ticks } = niceScale(Math.max(0, ...columns.map(({ value }) => value)), 3);
  const every = Math.ceil(columns.length / 8);
  return (
    <figure className={cn('flex flex-col gap-3', className)}>
      <figcaption className="text-ink-soft text-xs">{label}</figcaption>
      <div className="relative" style={{ height }}>
        {ticks.map((tick) => (
          <div
            key={tick}
            aria-hidden="true"
            className={cn('absolute inset-x-0 border-t', tick === 0 ? 'border-rule-strong' : 'border-rule')}
            style={{ bottom: `${(tick / top) * 100}%` }}
          >
            <span className="figure -translate-y-full absolute right-0 bg-paper/85 pl-1 text-ink-faint text-xs">
              {tick > 0 && formatNumber(tick, locale)}
            </span>
          </div>
        ))}
        <div className="absolute inset-y-0 right-10 left-0">
          <div aria-hidden="true" className="flex h-full items-end gap-1">
            {columns.map(({ key, value, tone = 'ink' }) => (
              <span
                key={key}
                className={cn('min-h-px grow basis-0', FILL[tone])}
                style={{ height: `${(value / top) * 100}%` }}
              />
            ))}
          </div>
          {columns.length > 0 && (
            <Probe
              label={label}
              count={columns.length}
              x={(index) => ((index + 0.5) / columns.length) * 100}
              read={(index) => ({
                title: columns[index]?.label ?? '',
                lines: [formatNumber(columns[index]?.value ?? 0, locale)],
              })}
            />
          )}
        </div>
      </div>
      <div aria-hidden="true" className="flex gap-1 pr-10">
        {columns.map(({ key, label: word }, index) => (
          <span key={key} className="figure grow basis-0 overflow-visible text-center text-ink-faint text-xs">
            {index % every === 0 && <span className="inline-block w-0 -translate-x-1/2">{word}</span>}
          </span>
        ))}
      </div>
    </figure>
  );
}
