'use client';

import { BlockList } from './block-list';
import { type Container, type EditBlock, slotsOf } from './email-document';

function nameOf(block: EditBlock, key: string): string | null {
  if (block.type === 'columns') return `Column ${Number(key) + 1}`;
  return key === 'otherwise' ? 'Everybody else' : null;
}

/** The lists inside a block, each under its name. */
export function BlockSlots({ block }: { block: EditBlock }) {
  const slots = slotsOf(block);
  if (slots.length === 0) return null;
  return (
    <div className="mb-1 ml-3.5 flex flex-col gap-1 border-rule-strong border-l pl-2">
      {slots.map(({ key, blocks }) => {
        const name = nameOf(block, key);
        const at: Container = { parent: block.id, slot: key };
        return (
          <fieldset key={key} className="min-w-0">
            <legend className={name ? 'px-2 pt-1 text-ink-faint text-xs' : 'sr-only'}>
              {name ?? 'Shown if it holds'}
            </legend>
            <BlockList at={at} blocks={blocks} />
          </fieldset>
        );
      })}
    </div>
  );
}
