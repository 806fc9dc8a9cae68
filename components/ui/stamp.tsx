import { cn } from './cn';

const STAMPS = {
  draft: { label: 'Draft', tone: 'text-skipped-ink border-dashed' },
  scheduled: { label: 'Scheduled', tone: 'text-waiting-ink' },
  awaiting_approval: { label: 'Awaiting approval', tone: 'text-attention-ink bg-attention-wash' },
  queuing: { label: 'Queuing', tone: 'text-waiting-ink', live: true },
  sending: { label: 'Sending', tone: 'text-link', live: true },
  active: { label: 'Active', tone: 'text-accepted-ink' },
  paused: { label: 'Paused', tone: 'text-attention-ink bg-attention-wash' },
  stalled: { label: 'Stalled', tone: 'text-attention-ink bg-attention-wash' },
  completed: { label: 'Completed', tone: 'text-accepted-ink' },
  completed_with_issues: { label: 'Completed with issues', tone: 'text-doubt-ink' },
  cancelled: { label: 'Cancelled', tone: 'text-skipped-ink' },
  archived: { label: 'Archived', tone: 'text-skipped-ink' },
  expired: { label: 'Expired', tone: 'text-skipped-ink' },
  failed: { label: 'Failed', tone: 'text-failed-ink' },
  accepted: { label: 'Accepted', tone: 'text-accepted-ink' },
  delivered: { label: 'Delivered', tone: 'text-accepted-ink' },
  in_doubt: { label: 'In doubt', tone: 'text-doubt-ink' },
  skipped: { label: 'Skipped', tone: 'text-skipped-ink' },
  waiting: { label: 'Waiting', tone: 'text-waiting-ink' },
} as const satisfies Record<string, { label: string; tone: string; live?: true }>;

export type StampStatus = keyof typeof STAMPS;

interface StampProps {
  status: StampStatus;
  /** Instead of the usual word. */
  label?: string;
  size?: 'sm' | 'md';
  className?: string;
}

/** The state of a thing, stamped on its sheet. */
export function Stamp({ status, label, size = 'sm', className }: StampProps) {
  const stamp = STAMPS[status];
  const live = 'live' in stamp;
  return (
    <span
      data-status={status}
      className={cn(
        'inline-flex shrink-0 items-center gap-1.5 whitespace-nowrap rounded-xs border border-current bg-sheet font-mono font-medium uppercase leading-none',
        size === 'sm'
          ? 'h-5 px-1.5 text-[0.6875rem] tracking-[0.08em]'
          : 'h-7 border-[1.5px] px-2.5 text-xs tracking-[0.1em]',
        stamp.tone,
        className,
      )}
    >
      {live && <span className="size-1.5 animate-breathe rounded-full bg-current" aria-hidden="true" />}
      {label ?? stamp.label}
    </span>
  );
}
