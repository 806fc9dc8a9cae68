'use client';

import { cn } from '@/components/ui/cn';
import { formatNumber } from '@/components/ui/number';
import { PlotFrame } from './plot-frame';
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
  const middle = (index: number) => ((index + 0.5) / columns.length) * 100;
  return (
    <figure className={cn('flex flex-col gap-3', className)}>
      <figcaption className="text-ink-soft text-xs">{label}</figcaption>
      <PlotFrame
        ticks={ticks}
        top={top}
        height={height}
        locale={locale}
        below={columns
          .map(({ key, label: word }, index) => ({ key, left: middle(index), label: word }))
          .filter((_, index) => index % every === 0)}
      >
        <div aria-hidden="true" className="absolute inset-0 flex items-end gap-px sm:gap-1">
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
            x={middle}
            read={(index) => ({
              title: columns[index]?.label ?? '',
              lines: [formatNumber(columns[index]?.value ?? 0, locale)],
            })}
          />
        )}
      </PlotFrame>
    </figure>
  );
}
