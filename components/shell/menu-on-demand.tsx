'use client';

import { type ReactNode, Suspense, useState } from 'react';
import { MenuButton } from './menu-button';

interface MenuOnDemandProps {
  mark: ReactNode;
  label: ReactNode;
  /** Begins to load what `children` needs, before the click. */
  onNear: () => void;
  /** The menu, open, with a button of its own. */
  children: ReactNode;
}

/** The button of a menu whose code comes with the first wish to open it. */
export function MenuOnDemand({ mark, label, onNear, children }: MenuOnDemandProps) {
  const [wasAsked, setWasAsked] = useState(false);
  const button = (
    <MenuButton
      mark={mark}
      label={label}
      aria-haspopup="menu"
      aria-expanded={wasAsked}
      onPointerEnter={onNear}
      onFocus={onNear}
      onClick={() => setWasAsked(true)}
    />
  );
  return wasAsked ? <Suspense fallback={button}>{children}</Suspense> : button;
}
