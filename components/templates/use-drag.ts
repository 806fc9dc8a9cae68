import { type PointerEvent as ReactPointerEvent, useEffect, useRef, useState } from 'react';
import type { Container } from './email-document';

export interface DropTarget {
  at: Container;
  index: number;
}

interface DragOptions {
  /** Whether what is dragged may stand in a list. */
  mayDrop: (at: Container) => boolean;
  onDrop: (target: DropTarget) => void;
}

/** An element that holds blocks says which list it is; its direct rows say that they are rows. */
export function containerAttribute({ parent, slot }: Container): string {
  return `${parent ?? ''}:${slot}`;
}

function containerOf(element: Element): Container {
  const [parent = '', slot = ''] = (element.getAttribute('data-container') ?? ':').split(':');
  return { parent: parent || null, slot };
}

function indexAt(list: Element, y: number): number {
  const rows = Array.from(list.querySelectorAll(':scope > [data-row]'));
  const after = rows.findIndex((row) => {
    const { top, height } = row.getBoundingClientRect();
    return y < top + height / 2;
  });
  return after < 0 ? rows.length : after;
}

/** The innermost list under the pointer that takes the block, and the place in it. */
function targetAt(x: number, y: number, mayDrop: DragOptions['mayDrop']): DropTarget | null {
  let list = document.elementFromPoint(x, y)?.closest('[data-container]') ?? null;
  while (list) {
    const at = containerOf(list);
    if (mayDrop(at)) return { at, index: indexAt(list, y) };
    list = list.parentElement?.closest('[data-container]') ?? null;
  }
  return null;
}

const EDGE_PX = 60;

function scrollAtEdges(y: number): void {
  const below = y - (window.innerHeight - EDGE_PX);
  if (y < EDGE_PX) window.scrollBy(0, (y - EDGE_PX) / 4);
  else if (below > 0) window.scrollBy(0, below / 4);
}

/**
 * Dragging by mouse, pen or finger from a handle. Escape leaves everything where it was. Keys have their own way: see
 * `stepBlock`.
 */
export function useDrag({ mayDrop, onDrop }: DragOptions) {
  const [target, setTarget] = useState<DropTarget | null>(null);
  const [dragging, setDragging] = useState(false);
  const stop = useRef<(() => void) | null>(null);

  useEffect(() => () => stop.current?.(), []);

  function start(event: ReactPointerEvent): void {
    if (event.button !== 0) return;
    event.preventDefault();
    const pointer = event.pointerId;
    let last: DropTarget | null = null;
    let at = { x: event.clientX, y: event.clientY };
    const began = at;
    let moved = false;

    function look() {
      last = targetAt(at.x, at.y, mayDrop);
      setTarget(last);
    }
    const timer = setInterval(() => {
      if (!moved) return;
      scrollAtEdges(at.y);
      look();
    }, 16);
    function move(next: PointerEvent) {
      if (next.pointerId !== pointer) return;
      at = { x: next.clientX, y: next.clientY };
      if (!moved && Math.hypot(at.x - began.x, at.y - began.y) < 4) return;
      moved = true;
      document.documentElement.style.cursor = 'grabbing';
      setDragging(true);
      look();
    }
    function end(next: PointerEvent) {
      if (next.pointerId !== pointer) return;
      finish();
      if (next.type === 'pointerup' && moved && last) onDrop(last);
    }
    function key(next: KeyboardEvent) {
      if (next.key !== 'Escape') return;
      next.preventDefault();
      next.stopPropagation();
      finish();
    }
    function finish() {
      clearInterval(timer);
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', end);
      window.removeEventListener('pointercancel', end);
      window.removeEventListener('keydown', key, true);
      stop.current = null;
      document.documentElement.style.cursor = '';
      setDragging(false);
      setTarget(null);
    }
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', end);
    window.addEventListener('pointercancel', end);
    window.addEventListener('keydown', key, true);
    stop.current = finish;
  }

  return { start, target, dragging };
}
