'use client';

import { type ComponentProps, type ReactNode, type RefObject, useLayoutEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import { cn } from './cn';

const GAP_PX = 6;
const EDGE_PX = 8;

export type BubbleSide = 'top' | 'right' | 'bottom' | 'left';

interface BubbleProps extends ComponentProps<'div'> {
  anchor: RefObject<HTMLElement | null>;
  side?: BubbleSide;
  children: ReactNode;
}

interface Place {
  left: number;
  top: number;
}

/** Beside the anchor, on its other side where there is no room, and never over the edge of the window. */
function placeOf(around: DOMRect, width: number, height: number, side: BubbleSide): Place {
  const { innerWidth, innerHeight } = window;
  const above = around.top - height - GAP_PX;
  const below = around.bottom + GAP_PX;
  const before = around.left - width - GAP_PX;
  const after = around.right + GAP_PX;
  const held = (value: number, most: number) => Math.max(EDGE_PX, Math.min(value, most - EDGE_PX));
  if (side === 'top' || side === 'bottom') {
    const goesBelow = side === 'bottom' ? below + height <= innerHeight : above < EDGE_PX;
    const left = around.left + (around.width - width) / 2;
    return { left: held(left, innerWidth - width), top: held(goesBelow ? below : above, innerHeight - height) };
  }
  const goesAfter = side === 'right' ? after + width <= innerWidth : before < EDGE_PX;
  const top = around.top + (around.height - height) / 2;
  return { left: held(goesAfter ? after : before, innerWidth - width), top: held(top, innerHeight - height) };
}

/** What a tooltip is drawn in. */
export function Bubble({ anchor, side = 'top', className, children, ...rest }: BubbleProps) {
  const own = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    const bubble = own.current;
    const around = anchor.current?.getBoundingClientRect();
    if (!bubble || !around) return;
    const { left, top } = placeOf(around, bubble.offsetWidth, bubble.offsetHeight, side);
    bubble.style.left = `${left}px`;
    bubble.style.top = `${top}px`;
  }, [anchor, side]);

  return createPortal(
    <div
      ref={own}
      role="tooltip"
      className={cn(
        'fixed top-0 left-0 z-50 max-w-72 animate-pop rounded-md bg-ink px-2.5 py-1.5 text-paper text-xs shadow-lift selection:bg-ink-soft',
        className,
      )}
      {...rest}
    >
      {children}
    </div>,
    document.body,
  );
}
