'use client';

import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from './cn';
import { DialogFooter } from './dialog-footer';
import { dialogStyle, scrimStyle } from './dialog-style';
import { IconButton } from './icon-button';
import { useReturnFocus } from './use-return-focus';

export interface DialogFrameProps {
  title: ReactNode;
  description?: ReactNode;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  children?: ReactNode;
  /** Actions, the main one last. */
  footer?: ReactNode;
  size?: 'sm' | 'md' | 'lg';
}

const WIDTH = { sm: 'max-w-md', md: 'max-w-xl', lg: 'max-w-4xl' };

/** What `Dialog` loads when it is first opened. */
export function DialogFrame(props: DialogFrameProps) {
  const { title, description, open, onOpenChange, children, footer, size = 'sm' } = props;
  const returnFocus = useReturnFocus();
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={scrimStyle} />
        <Radix.Content
          className={cn(dialogStyle, WIDTH[size])}
          {...returnFocus}
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
