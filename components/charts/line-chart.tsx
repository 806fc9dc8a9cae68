'use client';

import { useId } from 'react';
import { useZone } from '@/components/ui/clock';
import { cn } from '@/components/ui/cn';
import { formatNumber } from '@/components/ui/number';
import { exactTime } from '@/components/ui/time-words';
import { Annotations, type ChartAnnotation } from './annotations';
import { PlotFrame } from './plot-frame';
import { Probe, type Reading } from './probe';
import { niceScale, tickFormat, timeTicks } from './scale';

export interface ChartSeries {
  key: string;
  label: string;
  tone: 'ink' | 'accepted' | 'failed' | 'doubt' | 'waiting' | 'link';
  /** Same length as `at`; null where nothing was measured, which breaks the line. */
  values: (number | null)[];
  /** The first series is filled unless told otherwise. */
  area?: boolean;
}

interface LineChartProps {
  /** What is plotted: `Accepted per minute`. */
  label: string;
  /** Moments in milliseconds, rising. */
  at: number[];
  series: ChartSeries[];
  annotations?: ChartAnnotation[];
  /** After a value: ` per min`. */
  unit?: string;
  /** Each value holds until the next moment, as a rate measured over a while does. */
  stepped?: boolean;
  /** Pixels. */
  height?: number;
  className?: string;
}

const TONE: Record<ChartSeries['tone'], string> = {
  ink: 'text-ink',
  accepted: 'text-accepted',
  failed: 'text-failed',
  doubt: 'text-doubt',
  waiting: 'text-waiting',
  link: 'text-link',
};

/** Values over time. Drawn in percent of its box, so it is right at any width before any script has run. */
export function LineChart(props: LineChartProps) {
  const { label, at, series, annotations = [], unit = '', stepped = false, height = 200, className } = props;
  const id = useId();
  const { viewerZone, locale } = useZone();
  const first = at[0] ?? 0;
  const last = at.at(-1) ?? first;
  const span = Math.max(1, last - first);
  const { top, ticks } = niceScale(Math.max(0, ...series.flatMap(({ values }) => values.map((value) => value ?? 0))));
  const times = timeTicks(first, last);
  const format = tickFormat(times.stepMs, viewerZone, locale);
  const x = (ms: number) => ((ms - first) / span) * 100;
  const y = (value: number) => 100 - (value / top) * 100;

  function read(index: number): Reading {
    const known = series.map(({ key, label: word, tone, values }) => ({
      key,
      word,
      tone,
      value: values[index] ?? null,
    }));
    return {
      title: exactTime(at[index] ?? first, viewerZone, locale),
      lines: known.map(({ word, value }) =>
        value === null ? `${word}: not measured` : `${word}: ${formatNumber(value, locale)}${unit}`,
      ),
      dots: known.flatMap(({ key, tone, value }) => (value === null ? [] : [{ key, top: y(value), tone: TONE[tone] }])),
    };
  }

  if (at.length === 0) {
    return (
      <div className={cn('grid place-items-center border-rule border-y text-ink-faint', className)} style={{ height }}>
        Nothing to plot yet.
      </div>
    );
  }

  return (
    <figure className={cn('flex flex-col gap-2', className)} aria-labelledby={`${id}-label`}>
      <figcaption className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 text-xs">
        <span id={`${id}-label`} className="text-ink-soft">
          {label}
        </span>
        {series.length > 1 && (
          <span className="flex flex-wrap gap-4">
            {series.map(({ key, label: word, tone }) => (
              <span key={key} className="flex items-center gap-1.5 text-ink-soft">
                <span aria-hidden="true" className={cn('h-0.5 w-3 bg-current', TONE[tone])} />
                {word}
              </span>
            ))}
          </span>
        )}
      </figcaption>
      <PlotFrame
        ticks={ticks}
        top={top}
        height={height}
        locale={locale}
        below={times.at.map((tick) => ({ key: tick, left: x(tick), label: format.format(tick) }))}
      >
        <svg
          aria-hidden="true"
          viewBox="0 0 100 100"
          preserveAspectRatio="none"
          className="absolute inset-0 size-full overflow-visible"
        >
          {series.map((one, index) => (
            <SeriesPath
              key={one.key}
              series={one}
              area={one.area ?? index === 0}
              stepped={stepped}
              at={at}
              x={x}
              y={y}
            />
          ))}
        </svg>
        <Annotations annotations={annotations} x={x} locale={locale} zone={viewerZone} />
        <Probe label={label} count={at.length} x={(index) => x(at[index] ?? first)} read={read} />
      </PlotFrame>
    </figure>
  );
}

interface SeriesPathProps {
  series: ChartSeries;
  area: boolean;
  stepped: boolean;
  at: number[];
  x: (ms: number) => number;
  y: (value: number) => number;
}

function SeriesPath({ series, area, stepped, at, x, y }: SeriesPathProps) {
  const runs: string[][] = [[]];
  at.forEach((ms, index) => {
    const value = series.values[index];
    if (value === null || value === undefined) {
      runs.push([]);
      return;
    }
    const before = series.values[index - 1];
    if (stepped && typeof before === 'number') runs.at(-1)?.push(`${x(ms).toFixed(3)},${y(before).toFixed(3)}`);
    runs.at(-1)?.push(`${x(ms).toFixed(3)},${y(value).toFixed(3)}`);
  });
  return runs
    .filter((points) => points.length > 0)
    .map((points) => {
      const start = points[0]?.split(',')[0];
      const end = points.at(-1)?.split(',')[0];
      return (
        <g key={start} className={TONE[series.tone]}>
          {area && <path d={`M${start},100 L${points.join(' ')} L${end},100 Z`} fill="currentColor" opacity="0.12" />}
          <polyline
            points={points.length === 1 ? `${points[0]} ${points[0]}` : points.join(' ')}
            fill="none"
            stroke="currentColor"
            strokeWidth="1.75"
            strokeLinejoin="round"
            strokeLinecap="round"
            vectorEffect="non-scaling-stroke"
          />
        </g>
      );
    });
}
