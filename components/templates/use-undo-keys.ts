import { useEffect, useEffectEvent } from 'react';

/** ⌘Z, ⇧⌘Z and Ctrl+Y take back and repeat what was done in the editor, wherever in it the focus is. */
export function useUndoKeys(undo: (() => void) | null, redo: (() => void) | null): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    const key = event.key.toLowerCase();
    if (!(event.metaKey || event.ctrlKey) || event.altKey || (key !== 'z' && key !== 'y')) return;
    const target = event.target instanceof Element ? event.target : null;
    if (target !== document.body && !target?.closest('[data-editor]')) return;
    event.preventDefault();
    if (key === 'y' || event.shiftKey) redo?.();
    else undo?.();
  });

  useEffect(() => {
    const listen = (event: KeyboardEvent) => press(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}
