'use client';

import { createContext, type PointerEvent, type ReactNode, useContext, useRef, useState } from 'react';
import { useEditor } from './editor-context';
import { type Container, type EditBlock, isSameContainer, placeOf } from './email-document';
import { mayStand, moveBlock } from './move-blocks';
import { type DropTarget, useDrag } from './use-drag';

interface Drag {
  /** The block that is under way. */
  draggedId: string | null;
  target: DropTarget | null;
  /** Takes up a block of the email, or a new one. */
  start: (event: PointerEvent, block: EditBlock) => void;
}

const DragContext = createContext<Drag | null>(null);

export function useBlockDrag(): Drag {
  const drag = useContext(DragContext);
  if (!drag) throw new Error('Blocks are dragged inside a canvas.');
  return drag;
}

/** Whether the dragged block would come to stand right here. */
export function isDropAt(target: DropTarget | null, at: Container, index: number): boolean {
  return target !== null && target.index === index && isSameContainer(target.at, at);
}

/** Everything between a handle taken and a block put down. */
export function DragArea({ children }: { children: ReactNode }) {
  const { document, edit, add, announce } = useEditor();
  const [carried, setCarried] = useState<EditBlock | null>(null);
  const block = useRef<EditBlock | null>(null);

  const { start, target, dragging } = useDrag({
    mayDrop: (at) => block.current !== null && mayStand(document.blocks, block.current, at),
    onDrop: ({ at, index }) => {
      const dropped = block.current;
      if (!dropped) return;
      if (placeOf(document.blocks, dropped.id)) {
        edit((before) => ({ ...before, blocks: moveBlock(before.blocks, dropped.id, at, index) }));
        announce('Moved.');
      } else add(dropped, at, index);
    },
  });

  function begin(event: PointerEvent, next: EditBlock) {
    block.current = next;
    setCarried(next);
    start(event);
  }

  const draggedId = dragging ? (carried?.id ?? null) : null;
  return <DragContext value={{ draggedId, target: dragging ? target : null, start: begin }}>{children}</DragContext>;
}
