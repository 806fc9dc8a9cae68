import type { ReactNode } from 'react';
import { cn } from './cn';

interface EmptyStateProps {
  title: string;
  /** What would be here and how it gets here. */
  children?: ReactNode;
  /** The button that does it. */
  action?: ReactNode;
  /** `filtered` is the quieter one, for a list whose filter matches nothing. */
  kind?: 'first' | 'filtered';
  className?: string;
}

/** A sheet not yet written on: says what belongs here and offers to begin. */
export function EmptyState({ title, children, action, kind = 'first', className }: EmptyStateProps) {
  return (
    <div
      className={cn(
        'flex flex-col items-center gap-4 border-rule border-y px-6 text-center',
        kind === 'first' ? 'py-16' : 'py-10',
        className,
      )}
    >
      {kind === 'first' && <BlankSheet />}
      <div className="flex max-w-md flex-col gap-1">
        <p className="font-medium text-base">{title}</p>
        {children && <div className="text-balance text-ink-soft">{children}</div>}
      </div>
      {action && <div className="flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}

function BlankSheet() {
  return (
    <svg viewBox="0 0 72 56" className="h-14" aria-hidden="true" fill="none" stroke="var(--rule-strong)">
      <path d="M14.5.5h33l11 11v44h-44z" fill="var(--sheet)" />
      <path d="M47.5.5v11h11M22 20.5h16M22 28.5h28" />
      <path d="M22.5 38.5h28v7h-28z" strokeDasharray="2 2" />
    </svg>
  );
}
