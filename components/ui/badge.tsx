import type { ReactNode } from 'react';
import { cn } from './cn';

export type Tone = 'neutral' | 'accepted' | 'failed' | 'doubt' | 'waiting' | 'skipped' | 'attention' | 'link';

const WASH: Record<Tone, string> = {
  neutral: 'bg-well text-ink-soft',
  accepted: 'bg-accepted-wash text-accepted-ink',
  failed: 'bg-failed-wash text-failed-ink',
  doubt: 'bg-doubt-wash text-doubt-ink',
  waiting: 'bg-waiting-wash text-waiting-ink',
  skipped: 'bg-skipped-wash text-skipped-ink',
  attention: 'bg-attention-wash text-attention-ink',
  link: 'bg-link-wash text-link',
};

/** A small fact beside a name: a kind, a count, a role. For the state of a thing use `Stamp`. */
export function Badge({ tone = 'neutral', children, className }: BadgeProps) {
  return (
    <span
      className={cn(
        'inline-flex h-5 items-center gap-1 whitespace-nowrap rounded-sm px-1.5 font-medium text-xs [&_svg]:size-3',
        WASH[tone],
        className,
      )}
    >
      {children}
    </span>
  );
}

interface BadgeProps {
  tone?: Tone;
  children: ReactNode;
  className?: string;
}
