import { CircleAlert, CircleCheck, Hand, Info } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './cn';

const LOOK = {
  attention: { icon: Hand, style: 'border-l-attention', mark: 'text-attention-ink' },
  failed: { icon: CircleAlert, style: 'border-l-failed', mark: 'text-failed-ink' },
  accepted: { icon: CircleCheck, style: 'border-l-accepted', mark: 'text-accepted-ink' },
  info: { icon: Info, style: 'border-l-waiting', mark: 'text-waiting-ink' },
} as const;

interface NoticeProps {
  tone?: keyof typeof LOOK;
  title: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  /** Announced when it appears while the page is open. */
  live?: boolean;
  className?: string;
}

/** What happened, what was kept, what to do; stays until it is no longer true. */
export function Notice({ tone = 'info', title, children, actions, live = false, className }: NoticeProps) {
  const { icon: Icon, style, mark } = LOOK[tone];
  return (
    <div
      role={live ? 'status' : undefined}
      className={cn(
        'flex flex-wrap items-start gap-x-6 gap-y-3 rounded-r-md border border-rule-strong border-l-4 bg-sheet px-4 py-3',
        style,
        className,
      )}
    >
      <div className="flex min-w-0 grow basis-80 items-start gap-3">
        <Icon className={cn('mt-0.5 size-4 shrink-0', mark)} aria-hidden="true" />
        <div className="min-w-0">
          <p className="font-medium">{title}</p>
          {children && <div className="text-ink-soft">{children}</div>}
        </div>
      </div>
      {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
    </div>
  );
}
