import type { ReactNode } from 'react';
import { cn } from './cn';

/** Inside a dialog's form, when the actions must be part of the form. */
export function DialogFooter({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <footer
      className={cn(
        'sticky -bottom-6 z-10 flex flex-wrap justify-end gap-2 rounded-b-lg border-rule border-t bg-well px-6 py-4 max-sm:*:grow',
        className,
      )}
    >
      {children}
    </footer>
  );
}
