'use client';

import { Slot } from 'radix-ui';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { Bubble, type BubbleSide } from './bubble';

const OPEN_AFTER_MS = 250;
const CLOSE_AFTER_MS = 120;

interface HintProps {
  content: ReactNode;
  /** One element that can take focus. */
  children: ReactNode;
  side?: BubbleSide;
}

/** A short explanation on hover and focus; Escape puts it away. Never the only place something is said. */
export function Hint({ content, children, side = 'top' }: HintProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  function at(next: boolean, delayMs = 0) {
    clearTimeout(timer.current);
    if (delayMs > 0) timer.current = setTimeout(() => setOpen(next), delayMs);
    else setOpen(next);
  }

  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (!open) return;
    const close = () => setOpen(false);
    window.addEventListener('scroll', close, true);
    return () => window.removeEventListener('scroll', close, true);
  }, [open]);

  return (
    <>
      <Slot.Root
        ref={anchor}
        aria-describedby={open ? id : undefined}
        onPointerEnter={(event) => event.pointerType !== 'touch' && at(true, OPEN_AFTER_MS)}
        onPointerLeave={() => at(false, CLOSE_AFTER_MS)}
        onPointerDown={() => at(false)}
        onFocus={(event) => event.currentTarget.matches(':focus-visible') && at(true)}
        onBlur={() => at(false)}
        onKeyDown={(event) => event.key === 'Escape' && at(false)}
      >
        {children}
      </Slot.Root>
      {open && (
        <Bubble
          id={id}
          anchor={anchor}
          side={side}
          onPointerEnter={() => at(true)}
          onPointerLeave={() => at(false, CLOSE_AFTER_MS)}
        >
          {content}
        </Bubble>
      )}
    </>
  );
}
