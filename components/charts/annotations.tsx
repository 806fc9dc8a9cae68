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

const LINE = { pause: 'border-attention', restart: 'border-link', note: 'border-ink-faint' };
const TEXT = { pause: 'text-attention-ink', restart: 'text-link', note: 'text-ink-soft' };

/** Pauses as a veil over their time, restarts and notes as a line; each says what it was. */
export function Annotations({ annotations, x, zone, locale }: AnnotationsProps) {
  const time = tickFormat(60_000, zone, locale);
  return (
    <ul className="pointer-events-none absolute inset-0 overflow-hidden">
      {annotations.map(({ key, kind, fromMs, toMs, label }) => {
        const left = Math.max(0, x(fromMs));
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
                'absolute top-0 whitespace-nowrap rounded-xs bg-paper/85 px-1 text-xs',
                flip ? 'right-full mr-1' : 'left-1',
                TEXT[kind],
              )}
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
