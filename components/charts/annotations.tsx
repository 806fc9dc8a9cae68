import { cn } from '@/components/ui/cn';
import { tickFormat } from './scale';

/** Something that happened at a moment, or lasted from one to another. */
export interface ChartAnnotation {
  key: string;
  kind: 'pause' | 'restart' | 'note';
  fromMs: number;
  /** Pauses that are over. */
  toMs?: number;
  label: string;
}

interface AnnotationsProps {
  annotations: ChartAnnotation[];
  x: (ms: number) => number;
  zone: string;
  locale: string;
}

/** Labels closer than this stand in lanes below one another. */
const CROWDED_PERCENT = 40;
const LANE_PX = 18;

const LINE = { pause: 'border-attention', restart: 'border-link', note: 'border-ink-faint' };
const TEXT = { pause: 'text-attention-ink', restart: 'text-link', note: 'text-ink-soft' };

/** Pauses as a veil over their time, restarts and notes as a line; each says what it was. */
export function Annotations({ annotations, x, zone, locale }: AnnotationsProps) {
  const time = tickFormat(60_000, zone, locale);
  let lane = 0;
  let previousLeft = Number.NEGATIVE_INFINITY;
  const placed = annotations.map((annotation) => {
    const left = Math.max(0, x(annotation.fromMs));
    lane = left - previousLeft < CROWDED_PERCENT ? (lane + 1) % 3 : 0;
    previousLeft = left;
    return { ...annotation, left, lane };
  });
  return (
    <ul className="pointer-events-none absolute inset-0 overflow-hidden">
      {placed.map(({ key, kind, fromMs, toMs, label, left, lane: row }) => {
        const width = kind === 'pause' ? Math.max(0, (toMs === undefined ? 100 : x(toMs)) - left) : 0;
        const flip = left > 70;
        return (
          <li
            key={key}
            className={cn(
              'absolute inset-y-0 border-l border-dashed',
              LINE[kind],
              kind === 'pause' && 'bg-attention/10',
            )}
            style={{ left: `${left}%`, width: `${width}%` }}
          >
            <span
              className={cn(
                'absolute whitespace-nowrap rounded-xs bg-paper/85 px-1 text-xs',
                flip ? 'right-full mr-1' : 'left-1',
                TEXT[kind],
              )}
              style={{ top: `${row * LANE_PX}px` }}
            >
              <span className="sr-only">{time.format(fromMs)} </span>
              {label}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
