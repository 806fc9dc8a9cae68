import type { ReactNode } from 'react';
import { cn } from './cn';

interface SectionProps {
  title: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  /** Draws the rule itself, for content that is not a table or another sheet with its own edge. */
  ruled?: boolean;
  id?: string;
  className?: string;
}

/** A part of a page under its own heading. */
export function Section({ title, description, actions, children, ruled = false, id, className }: SectionProps) {
  return (
    <section id={id} className={cn('flex min-w-0 flex-col', className)}>
      <div className="flex min-h-8 flex-wrap items-end justify-between gap-x-4 gap-y-2 pb-3">
        <div className="min-w-0">
          <h2 className="font-semibold text-base">{title}</h2>
          {description && <p className="text-ink-soft text-sm">{description}</p>}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
      {ruled ? <div className="border-ink border-t pt-6">{children}</div> : children}
    </section>
  );
}

/** A sheet with its own edge, for what can be picked up by itself: one template, one provider. */
export function Card({ children, className }: { children: ReactNode; className?: string }) {
  return <div className={cn('rounded-lg border border-rule-strong bg-sheet p-6', className)}>{children}</div>;
}

interface SettingProps {
  title: ReactNode;
  description?: ReactNode;
  children: ReactNode;
}

/** What it is at the left, its controls at the right; settings are a column of these. */
export function Setting({ title, description, children }: SettingProps) {
  return (
    <section className="grid gap-x-12 gap-y-4 border-rule border-t py-8 first:border-t-0 first:pt-0 lg:grid-cols-[18rem_minmax(0,1fr)]">
      <div>
        <h2 className="font-semibold text-base">{title}</h2>
        {description && <p className="mt-1 text-ink-soft text-sm">{description}</p>}
      </div>
      <div className="flex min-w-0 max-w-xl flex-col gap-6">{children}</div>
    </section>
  );
}
