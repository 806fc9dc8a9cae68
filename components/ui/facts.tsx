import type { ReactNode } from 'react';
import { cn } from './cn';

export interface Fact {
  label: string;
  value: ReactNode;
  note?: ReactNode;
}

/** The boxes at the head of a waybill: label above, value below, rules between. */
export function Facts({ facts, size = 'md', className }: { facts: Fact[]; size?: 'md' | 'lg'; className?: string }) {
  return (
    <dl
      className={cn(
        'grid grid-cols-2 gap-px overflow-hidden border-rule border-y bg-rule sm:grid-cols-[repeat(auto-fit,minmax(9rem,1fr))]',
        className,
      )}
    >
      {facts.map(({ label, value, note }) => (
        <div
          key={label}
          className="min-w-0 bg-paper py-3 pr-4 pl-4 max-sm:odd:pl-0 max-sm:odd:last:col-span-2 sm:first:pl-0"
        >
          <dt className="text-ink-faint text-xs">{label}</dt>
          <dd
            className={cn(
              'mt-1 min-w-0',
              size === 'lg' ? 'font-medium text-lg sm:text-xl [&_.figure]:font-sans' : 'text-sm',
            )}
          >
            {value}
          </dd>
          {note && <dd className="mt-1 text-ink-faint text-xs">{note}</dd>}
        </div>
      ))}
    </dl>
  );
}

/** Label and value in two columns, one pair a line. */
export function FactList({ facts, className }: { facts: Fact[]; className?: string }) {
  return (
    <dl className={cn('divide-y divide-rule border-rule border-y', className)}>
      {facts.map(({ label, value, note }) => (
        <div key={label} className="grid gap-x-6 gap-y-0.5 py-2.5 sm:grid-cols-[10rem_minmax(0,1fr)]">
          <dt className="text-ink-faint text-sm">{label}</dt>
          <dd className="min-w-0 text-sm">
            {value}
            {note && <div className="text-ink-faint text-xs">{note}</div>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
