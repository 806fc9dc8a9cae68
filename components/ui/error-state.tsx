import type { ReactNode } from 'react';

interface ErrorStateProps {
  /** What happened, plainly. */
  title: string;
  /** What was kept, and what to do next. */
  children?: ReactNode;
  action?: ReactNode;
  /** Request id or digest, for whoever looks into it. */
  reference?: string;
}

export function ErrorState({ title, children, action, reference }: ErrorStateProps) {
  return (
    <div role="alert" className="flex flex-col items-start gap-4 border-failed border-t-2 border-b border-b-rule py-8">
      <div className="flex max-w-prose flex-col gap-1">
        <p className="font-semibold text-base">{title}</p>
        {children && <div className="text-ink-soft">{children}</div>}
      </div>
      {action && <div className="flex flex-wrap gap-2">{action}</div>}
      {reference && (
        <p className="text-ink-faint text-xs">
          Reference <span className="select-all font-mono">{reference}</span>
        </p>
      )}
    </div>
  );
}
