'use client';

import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from './cn';
import { CloseCorner } from './dialog-frame';
import { scrimStyle } from './dialog-style';
import { useReturnFocus } from './use-return-focus';

interface SheetProps {
  title: ReactNode;
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  side?: 'left' | 'right';
  children: ReactNode;
  footer?: ReactNode;
  className?: string;
}

/** A page beside the page: for looking at one row without losing the list. */
export function Sheet({ title, trigger, open, onOpenChange, side = 'right', children, footer, className }: SheetProps) {
  const returnFocus = useReturnFocus();
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      {trigger && <Radix.Trigger asChild>{trigger}</Radix.Trigger>}
      <Radix.Portal>
        <Radix.Overlay className={scrimStyle} />
        <Radix.Content
          aria-describedby={undefined}
          {...(trigger ? {} : returnFocus)}
          className={cn(
            'fixed inset-y-0 z-50 flex w-full max-w-lg flex-col bg-sheet text-ink shadow-lift focus:outline-none',
            side === 'right'
              ? 'right-0 animate-slide-right border-rule-strong border-l'
              : 'left-0 animate-slide-left border-rule-strong border-r',
            className,
          )}
        >
          <header className="flex h-14 shrink-0 items-center border-rule border-b pr-14 pl-6">
            <Radix.Title className="min-w-0 truncate font-semibold text-base">{title}</Radix.Title>
          </header>
          <div className="min-h-0 grow overflow-y-auto p-6">{children}</div>
          {footer && <footer className="flex justify-end gap-2 border-rule border-t px-6 py-4">{footer}</footer>}
          <CloseCorner />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
