'use client';

import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from './cn';
import { IconButton } from './icon-button';
import { useReturnFocus } from './use-return-focus';

export const scrimStyle = 'fixed inset-0 z-40 animate-fade bg-scrim';
export const dialogStyle =
  'fixed z-50 flex max-h-[calc(100dvh-2rem)] flex-col border border-rule-strong bg-sheet text-ink shadow-lift focus:outline-none inset-x-4 top-[max(1rem,8vh)] mx-auto w-auto animate-pop rounded-lg';

interface DialogProps {
  title: ReactNode;
  description?: ReactNode;
  /** One button; leave it out when `open` is controlled. */
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  children?: ReactNode;
  /** Actions, the main one last. */
  footer?: ReactNode;
  size?: 'sm' | 'md' | 'lg';
}

const WIDTH = { sm: 'max-w-md', md: 'max-w-xl', lg: 'max-w-4xl' };

export function Dialog({
  title,
  description,
  trigger,
  open,
  onOpenChange,
  children,
  footer,
  size = 'sm',
}: DialogProps) {
  const returnFocus = useReturnFocus();
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      {trigger && <Radix.Trigger asChild>{trigger}</Radix.Trigger>}
      <Radix.Portal>
        <Radix.Overlay className={scrimStyle} />
        <Radix.Content
          className={cn(dialogStyle, WIDTH[size])}
          {...(trigger ? {} : returnFocus)}
          {...(description ? {} : { 'aria-describedby': undefined })}
        >
          <header className="px-6 pt-5 pr-14 pb-4">
            <Radix.Title className="font-semibold text-base">{title}</Radix.Title>
            {description && <Radix.Description className="mt-1 text-ink-soft text-sm">{description}</Radix.Description>}
          </header>
          {children && <div className="min-h-0 grow overflow-y-auto px-6 pb-6">{children}</div>}
          {footer && <DialogFooter>{footer}</DialogFooter>}
          <CloseCorner />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Stands last in the order of focus, so that opening lands on the content and not on the way out. */
export function CloseCorner() {
  return (
    <Radix.Close asChild>
      <IconButton label="Close" icon={<X />} className="absolute top-3 right-3" />
    </Radix.Close>
  );
}

/** Inside a dialog's form, when the actions must be part of the form. */
export function DialogFooter({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <footer
      className={cn(
        'flex flex-wrap justify-end gap-2 rounded-b-lg border-rule border-t bg-well/60 px-6 py-4 max-sm:*:grow',
        className,
      )}
    >
      {children}
    </footer>
  );
}

/** Closes the dialog around it; give it one button. */
export function DialogClose({ children }: { children: ReactNode }) {
  return <Radix.Close asChild>{children}</Radix.Close>;
}
