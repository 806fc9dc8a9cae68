'use client';

import { Tooltip } from 'radix-ui';
import type { ReactNode } from 'react';

export const tooltipStyle =
  'z-50 max-w-72 animate-pop rounded-md bg-ink px-2.5 py-1.5 text-paper text-xs shadow-lift selection:bg-ink-soft';

interface HintProps {
  content: ReactNode;
  /** One element that can take focus. */
  children: ReactNode;
  side?: 'top' | 'right' | 'bottom' | 'left';
}

/** A short explanation on hover and focus. Never the only place something is said. */
export function Hint({ content, children, side = 'top' }: HintProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content side={side} sideOffset={6} collisionPadding={8} className={tooltipStyle}>
          {content}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
