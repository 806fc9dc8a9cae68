import { cn } from '@/components/ui/cn';

interface SparklineProps {
  values: number[];
  /** What it shows, with its end: `Opens per day, 312 yesterday`. */
  label: string;
  tone?: 'ink' | 'accepted' | 'failed';
  className?: string;
}

const STROKE = { ink: 'text-ink-soft', accepted: 'text-accepted', failed: 'text-failed' };

/** The shape of a number over time, in a line of text. */
export function Sparkline({ values, label, tone = 'ink', className }: SparklineProps) {
  const top = Math.max(...values, 1);
  const step = values.length > 1 ? 100 / (values.length - 1) : 0;
  const points = values.map((value, index) => `${index * step},${29 - (value / top) * 28}`);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox="0 0 100 30"
      preserveAspectRatio="none"
      className={cn('h-6 w-24 overflow-visible', STROKE[tone], className)}
    >
      <path d={`M0,30 L${points.join(' ')} L100,30 Z`} fill="currentColor" opacity="0.1" />
      <polyline
        points={points.join(' ')}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinejoin="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
