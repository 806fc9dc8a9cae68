'use client';

import { useRef } from 'react';

/** Where the focus stood; of an entry of a menu, which goes away, the button that opened the menu. */
function opener(): HTMLElement | null {
  const { activeElement } = document;
  const menu = activeElement?.closest('[role=menu]');
  const trigger = menu ? document.getElementById(menu.getAttribute('aria-labelledby') ?? '') : activeElement;
  return trigger instanceof HTMLElement ? trigger : null;
}

/** For a dialog that is opened from outside: Radix gives the focus back only to a trigger of its own. */
export function useReturnFocus() {
  const from = useRef<HTMLElement | null>(null);
  return {
    onOpenAutoFocus: () => {
      from.current = opener();
    },
    onCloseAutoFocus: (event: Event) => {
      event.preventDefault();
      const target = from.current?.isConnected ? from.current : document.getElementById('main');
      target?.focus();
    },
  };
}
