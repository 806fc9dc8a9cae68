import type { ReactNode } from 'react';

/** What this sheet is for, and in one or two sentences what to do. */
export function AuthHeading({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="flex flex-col gap-2 pb-8">
      <h1 className="font-semibold text-xl">{title}</h1>
      {children && <div className="flex flex-col gap-2 text-ink-soft text-sm">{children}</div>}
    </div>
  );
}
