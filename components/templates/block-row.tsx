'use client';

import { CircleAlert, GripVertical } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { cn } from '@/components/ui/cn';
import { AddMenu } from './add-menu';
import { BlockFace } from './block-face';
import { BLOCK_KINDS } from './block-kinds';
import { BlockMenu } from './block-menu';
import { BlockSlots } from './block-slots';
import { useBlockDrag } from './drag-context';
import { useEditor } from './editor-context';
import type { Container, EditBlock } from './email-document';
import { Inspector } from './inspector/inspector';
import { useBlockActs } from './use-block-acts';

interface BlockRowProps {
  block: EditBlock;
  at: Container;
  index: number;
  count: number;
}

function focusNeighbour(from: HTMLElement, direction: 1 | -1): void {
  const rows = Array.from(document.querySelectorAll<HTMLElement>('[data-row-button]'));
  rows[rows.indexOf(from) + direction]?.focus();
}

/** One block: what it says, and when it is open everything that can be set on it. */
export function BlockRow({ block, at, index, count }: BlockRowProps) {
  const editor = useEditor();
  const { draggedId, start } = useBlockDrag();
  const acts = useBlockActs(block);
  const { label, icon: Icon } = BLOCK_KINDS[block.type];
  const isOpen = editor.selectedId === block.id;
  const mistakes = editor.errorsIn(block);

  function key(event: KeyboardEvent<HTMLButtonElement>) {
    const { key: pressed, altKey } = event;
    const act = altKey
      ? { ArrowUp: () => acts.step('up'), ArrowDown: () => acts.step('down'), KeyD: acts.duplicate }[
          event.code === 'KeyD' ? 'KeyD' : pressed
        ]
      : {
          ArrowUp: () => focusNeighbour(event.currentTarget, -1),
          ArrowDown: () => focusNeighbour(event.currentTarget, 1),
          Delete: acts.remove,
          Backspace: acts.remove,
        }[pressed];
    if (!act || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    act();
  }

  return (
    <li data-row="" className={cn('relative', draggedId === block.id && 'opacity-40')}>
      <div
        className={cn(
          'group/block relative grid grid-cols-[1.75rem_minmax(0,1fr)_2rem] items-start rounded-md border border-transparent transition-colors',
          isOpen ? 'border-rule-strong bg-sheet' : 'hover:border-rule-strong',
        )}
      >
        {editor.isReadOnly ? (
          <span />
        ) : (
          <span
            aria-hidden="true"
            onPointerDown={(event) => start(event, block)}
            className="grid h-9 cursor-grab touch-none place-items-center text-ink-faint opacity-40 transition-opacity active:cursor-grabbing group-hover/block:opacity-100"
          >
            <GripVertical className="size-4" />
          </span>
        )}
        <button
          type="button"
          data-row-button={block.id}
          aria-expanded={isOpen}
          onClick={() => editor.select(isOpen ? null : block.id)}
          onKeyDown={key}
          className="flex min-h-9 min-w-0 items-start gap-3 rounded-sm py-2 text-left focus-visible:outline-offset-0"
        >
          <Icon className="mt-0.5 size-4 shrink-0 text-ink-faint" aria-hidden="true" />
          <span className="sr-only">
            {label}, {index + 1} of {count}:
          </span>
          <span className="min-w-0 grow">
            {isOpen && block.type !== 'conditional' && block.type !== 'columns' ? (
              <span className="font-medium">{label}</span>
            ) : (
              <BlockFace block={block} fields={editor.fields} theme={editor.document.theme} />
            )}
          </span>
          {mistakes > 0 && (
            <CircleAlert
              role="img"
              className="mt-0.5 size-4 shrink-0 text-failed-ink"
              aria-label={`${mistakes} to put right`}
            />
          )}
        </button>
        <span className="pt-0.5">
          <BlockMenu block={block} />
        </span>
        {isOpen && <Inspector block={block} className="col-span-3 border-rule border-t p-4" />}
      </div>
      <BlockSlots block={block} />
      {!editor.isReadOnly && draggedId === null && (
        <AddMenu at={at} index={index + 1} look="line" place={`after this ${label.toLowerCase()}`} />
      )}
    </li>
  );
}
