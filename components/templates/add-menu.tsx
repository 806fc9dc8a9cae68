'use client';

import { Plus } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { Menu, MenuItem } from '@/components/ui/dropdown-menu';
import { BLOCK_KINDS, BLOCK_TYPES, newBlock } from './block-kinds';
import { useEditor } from './editor-context';
import type { Container } from './email-document';
import { mayStand } from './move-blocks';

interface AddMenuProps {
  at: Container;
  index: number;
  /** Where it stands, for screen readers: `after the heading`. */
  place: string;
  /** `line` is the thin one between two blocks. */
  look?: 'button' | 'line';
}

/** What can be added here; what may not stand here is left out. */
export function AddMenu({ at, index, place, look = 'button' }: AddMenuProps) {
  const { document, add } = useEditor();
  const types = BLOCK_TYPES.filter((type) => mayStand(document.blocks, newBlock(type), at));
  return (
    <Menu
      align="center"
      trigger={
        look === 'button' ? (
          <Button size="sm" variant="quiet" aria-label={`Add a block ${place}`} disabled={types.length === 0}>
            <Plus /> Add a block
          </Button>
        ) : (
          <button
            type="button"
            aria-label={`Add a block ${place}`}
            className={cn(
              'group/add absolute inset-x-8 -bottom-2 z-10 flex h-4 items-center justify-center rounded-sm opacity-0 transition-opacity',
              'hover:opacity-100 focus-visible:opacity-100 data-[state=open]:opacity-100',
            )}
          >
            <span className="h-px grow bg-link" />
            <span className="grid size-5 place-items-center rounded-full bg-link text-paper">
              <Plus className="size-3.5" aria-hidden="true" />
            </span>
            <span className="h-px grow bg-link" />
          </button>
        )
      }
    >
      {types.map((type) => {
        const { label, icon: Icon } = BLOCK_KINDS[type];
        return (
          <MenuItem key={type} icon={<Icon />} onSelect={() => add(newBlock(type), at, index)}>
            {label}
          </MenuItem>
        );
      })}
    </Menu>
  );
}
