'use client';

import { BLOCK_KINDS, BLOCK_TYPES, newBlock } from './block-kinds';
import { useBlockDrag } from './drag-context';
import { useEditor } from './editor-context';
import { placeOf, ROOT } from './email-document';
import { mayStand } from './move-blocks';

/** Every kind of block, to be dragged into place or pressed: then it comes after the open one, or before the footer. */
export function Palette() {
  const { document, selectedId, add } = useEditor();
  const { start } = useBlockDrag();

  function place(type: (typeof BLOCK_TYPES)[number]) {
    const block = newBlock(type);
    const open = selectedId ? placeOf(document.blocks, selectedId) : null;
    if (open && mayStand(document.blocks, block, open.container)) return add(block, open.container, open.index + 1);
    const last = document.blocks.at(-1);
    add(block, ROOT, document.blocks.length - (last?.type === 'footer' && type !== 'footer' ? 1 : 0));
  }

  return (
    <ul
      aria-label="Blocks to add"
      className="grid grid-cols-5 gap-0.5 rounded-md border border-rule-strong bg-well p-1"
    >
      {BLOCK_TYPES.map((type) => {
        const { label, hint, icon: Icon } = BLOCK_KINDS[type];
        return (
          <li key={type} className="flex">
            <button
              type="button"
              title={hint}
              onPointerDown={(event) => {
                if (event.pointerType !== 'touch') start(event, newBlock(type));
              }}
              onClick={() => place(type)}
              className="flex min-w-0 grow flex-col items-center gap-1 rounded-md border border-transparent px-1 py-2 text-ink-soft text-xs transition-colors hover:border-rule-strong hover:bg-sheet hover:text-ink"
            >
              <Icon className="size-4" aria-hidden="true" />
              <span className="max-w-full truncate">{label}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
