import type { ReactNode } from 'react';

/** A small control under its name; several stand in one row. The control carries its own accessible name. */
export function Choice({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex flex-col items-start gap-1">
      <span aria-hidden="true" className="text-ink-faint text-xs">
        {label}
      </span>
      {children}
    </div>
  );
}

export function ChoiceRow({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap items-end gap-x-4 gap-y-3">{children}</div>;
}
