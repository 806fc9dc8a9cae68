'use client';

import { cloneElement, type HTMLAttributes, isValidElement, type ReactNode } from 'react';

interface OpenerProps {
  /** One button. */
  children: ReactNode;
  kind: 'dialog' | 'menu';
  isOpen: boolean;
  onOpen: () => void;
  /** The pointer or the focus is on the button: a good moment to load what it opens. */
  onNear: () => void;
}

/** Has a button open something whose code is not there yet. */
export function Opener({ children, kind, isOpen, onOpen, onNear }: OpenerProps) {
  // an element that the server is still sending cannot be given handlers
  if (!isValidElement<HTMLAttributes<HTMLElement>>(children)) {
    return (
      // biome-ignore lint/a11y/noStaticElementInteractions: hears what its button is told
      // biome-ignore lint/a11y/useKeyWithClickEvents: a key on the button arrives as a click
      <span className="contents" onClick={onOpen} onPointerEnter={onNear} onFocus={onNear}>
        {children}
      </span>
    );
  }
  const own = children.props;
  return cloneElement(children, {
    'aria-haspopup': kind,
    'aria-expanded': isOpen,
    onClick: (event) => {
      own.onClick?.(event);
      onOpen();
    },
    onPointerEnter: (event) => {
      own.onPointerEnter?.(event);
      onNear();
    },
    onFocus: (event) => {
      own.onFocus?.(event);
      onNear();
    },
    onKeyDown: (event) => {
      own.onKeyDown?.(event);
      if (kind !== 'menu' || event.key !== 'ArrowDown') return;
      event.preventDefault();
      onOpen();
    },
  });
}
