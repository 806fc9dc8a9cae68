import type { ReactNode } from 'react';
import { Breadcrumb } from './breadcrumb';
import { cn } from './cn';

interface PageHeaderProps {
  title: ReactNode;
  trail?: { label: string; href: string }[];
  /** A `Stamp`. */
  stamp?: ReactNode;
  /** One sentence, or ids and times. */
  description?: ReactNode;
  /** The primary action last; only one of them. */
  actions?: ReactNode;
  className?: string;
}

/** What this is, what state it is in, what can be done with it. */
export function PageHeader({ title, trail, stamp, description, actions, className }: PageHeaderProps) {
  return (
    <header className={cn('flex flex-col gap-2 pb-6', className)}>
      {trail && trail.length > 0 && <Breadcrumb trail={trail} />}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
        <div className="min-w-0 max-w-full">
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <h1 className="min-w-0 font-semibold text-xl [overflow-wrap:anywhere]">{title}</h1>
            {stamp}
          </div>
          {description && <div className="mt-1 max-w-prose text-pretty text-ink-soft text-sm">{description}</div>}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
    </header>
  );
}
