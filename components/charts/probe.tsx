'use client';

import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import { cn } from '@/components/ui/cn';

export interface Reading {
  title: string;
  lines: string[];
  /** Marks on the plot: percent from the top, and a text colour. */
  dots?: { key: string; top: number; tone: string }[];
}

interface ProbeProps {
  label: string;
  count: number;
  /** Percent from the left of one point. */
  x: (index: number) => number;
  read: (index: number) => Reading;
}

/** Reads a plot point by point: under the pointer, or with the arrow keys from one tab stop. */
export function Probe({ label, count, x, read }: ProbeProps) {
  const [index, setIndex] = useState<number | null>(null);
  const last = count - 1;
  const current = Math.min(index ?? last, last);
  const { title, lines, dots = [] } = read(current);

  function point(event: PointerEvent<HTMLElement>) {
    const box = event.currentTarget.getBoundingClientRect();
    const wanted = ((event.clientX - box.left) / box.width) * 100;
    let nearest = 0;
    for (let each = 1; each < count; each++) {
      if (Math.abs(x(each) - wanted) < Math.abs(x(nearest) - wanted)) nearest = each;
    }
    setIndex(nearest);
  }

  function step(event: KeyboardEvent) {
    if (event.key === 'Escape') setIndex(null);
    const next: number | undefined = {
      ArrowLeft: current - 1,
      ArrowDown: current - 1,
      ArrowRight: current + 1,
      ArrowUp: current + 1,
      Home: 0,
      End: last,
      PageDown: current - 10,
      PageUp: current + 10,
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    setIndex(Math.max(0, Math.min(last, next)));
  }

  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={`${label}, point by point`}
      aria-valuemin={0}
      aria-valuemax={last}
      aria-valuenow={current}
      aria-valuetext={[title, ...lines].join(', ')}
      onKeyDown={step}
      onFocus={() => setIndex(current)}
      onBlur={() => setIndex(null)}
      onPointerMove={point}
      onPointerLeave={() => setIndex(null)}
      className="absolute inset-0 rounded-xs"
    >
      {index !== null && (
        <div
          className="pointer-events-none absolute inset-y-0 border-ink-faint border-l"
          style={{ left: `${x(current)}%` }}
        >
          {dots.map(({ key, top, tone }) => (
            <span
              key={key}
              className={cn('absolute -left-1 -mt-1 size-[7px] rounded-full bg-current ring-2 ring-paper', tone)}
              style={{ top: `${top}%` }}
            />
          ))}
          <div
            className={cn(
              'absolute top-6 z-10 whitespace-nowrap rounded-md bg-ink px-2.5 py-1.5 text-paper text-xs shadow-lift',
              x(current) > 60 ? 'right-2' : 'left-2',
            )}
          >
            <div className="opacity-80">{title}</div>
            {lines.map((line) => (
              <div key={line} className="font-medium tabular-nums">
                {line}
              </div>
            ))}
          </div>
        </div>
      )}
    </div>
  );
}
