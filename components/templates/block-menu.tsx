'use client';

import { ArrowDown, ArrowUp, Copy, EllipsisVertical, GitBranch, Trash2 } from 'lucide-react';
import { Menu, MenuItem, MenuSeparator } from '@/components/ui/dropdown-menu';
import { IconButton } from '@/components/ui/icon-button';
import { BLOCK_KINDS } from './block-kinds';
import { useEditor } from './editor-context';
import type { EditBlock } from './email-document';
import { useBlockActs } from './use-block-acts';

/** Everything that can be done with a block as a whole, with the keys that do it. */
export function BlockMenu({ block }: { block: EditBlock }) {
  const { isReadOnly } = useEditor();
  const acts = useBlockActs(block);
  if (isReadOnly) return null;
  return (
    <Menu
      trigger={
        <IconButton
          label={`More for this ${BLOCK_KINDS[block.type].label.toLowerCase()}`}
          icon={<EllipsisVertical />}
        />
      }
    >
      <MenuItem icon={<ArrowUp />} shortcut="Alt ↑" onSelect={() => acts.step('up')}>
        Move up
      </MenuItem>
      <MenuItem icon={<ArrowDown />} shortcut="Alt ↓" onSelect={() => acts.step('down')}>
        Move down
      </MenuItem>
      <MenuItem icon={<Copy />} shortcut="Alt D" onSelect={acts.duplicate}>
        Duplicate
      </MenuItem>
      {acts.mayWrap && (
        <MenuItem icon={<GitBranch />} onSelect={acts.wrap}>
          Show only if…
        </MenuItem>
      )}
      <MenuSeparator />
      <MenuItem icon={<Trash2 />} danger shortcut="Del" onSelect={acts.remove}>
        Remove
      </MenuItem>
    </Menu>
  );
}
