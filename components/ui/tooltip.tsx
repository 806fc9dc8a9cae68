'use client';

import {
  cloneElement,
  type HTMLAttributes,
  lazy,
  type ReactElement,
  type ReactNode,
  Suspense,
  type SyntheticEvent,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import type { BubbleSide } from './bubble';
import { later } from './later';

const OPEN_AFTER_MS = 250;
const CLOSE_AFTER_MS = 120;
const Bubble = lazy(later(async () => ({ default: (await import('./bubble')).Bubble })));

interface HintProps {
  content: ReactNode;
  /** One element that can take focus. */
  children: ReactElement<HTMLAttributes<HTMLElement>>;
  side?: BubbleSide;
}

function both<E extends SyntheticEvent>(first: ((event: E) => void) | undefined, second: (event: E) => void) {
  return (event: E) => {
    first?.(event);
    second(event);
  };
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

  const own = children.props;
  return (
    <>
      {cloneElement(children, {
        'aria-describedby': open ? id : own['aria-describedby'],
        onPointerEnter: both(own.onPointerEnter, (event) => {
          anchor.current = event.currentTarget;
          if (event.pointerType !== 'touch') at(true, OPEN_AFTER_MS);
        }),
        onPointerLeave: both(own.onPointerLeave, () => at(false, CLOSE_AFTER_MS)),
        onPointerDown: both(own.onPointerDown, () => at(false)),
        onFocus: both(own.onFocus, (event) => {
          anchor.current = event.currentTarget;
          if (event.currentTarget.matches(':focus-visible')) at(true);
        }),
        onBlur: both(own.onBlur, () => at(false)),
        onKeyDown: both(own.onKeyDown, (event) => {
          if (event.key === 'Escape') at(false);
        }),
      })}
      {open && (
        <Suspense>
          <Bubble
            id={id}
            anchor={anchor}
            side={side}
            onPointerEnter={() => at(true)}
            onPointerLeave={() => at(false, CLOSE_AFTER_MS)}
          >
            {content}
          </Bubble>
        </Suspense>
      )}
    </>
  );
}
