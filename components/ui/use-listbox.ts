'use client';

import { type KeyboardEvent, useState } from 'react';

interface Listbox {
  active: number;
  setActive: (index: number) => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

/** Arrow keys, home, end and enter over a list whose focus stays in the input above it. */
export function useListbox(count: number, onChoose: (index: number) => void): Listbox {
  const [wanted, setActive] = useState(0);
  const active = Math.max(0, Math.min(wanted, count - 1));

  function onKeyDown(event: KeyboardEvent) {
    if (count === 0 || event.nativeEvent.isComposing) return;
    const next = {
      ArrowDown: (active + 1) % count,
      ArrowUp: (active - 1 + count) % count,
      PageDown: count - 1,
      PageUp: 0,
    }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      setActive(next);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      onChoose(active);
    }
  }

  return { active, setActive, onKeyDown };
}
