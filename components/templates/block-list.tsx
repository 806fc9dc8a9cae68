'use client';

import { Fragment } from 'react';
import { AddMenu } from './add-menu';
import { BlockRow } from './block-row';
import { isDropAt, useBlockDrag } from './drag-context';
import { useEditor } from './editor-context';
import type { Container, EditBlock } from './email-document';
import { containerAttribute } from './use-drag';

/** The blocks of one list; where a dragged block would come to stand, a line is drawn. */
export function BlockList({ at, blocks }: { at: Container; blocks: EditBlock[] }) {
  const { isReadOnly } = useEditor();
  const { target } = useBlockDrag();
  return (
    <ol data-container={containerAttribute(at)} className="flex flex-col gap-0.5">
      {blocks.map((block, index) => (
        <Fragment key={block.id}>
          {isDropAt(target, at, index) && <DropLine />}
          <BlockRow block={block} at={at} index={index} count={blocks.length} />
        </Fragment>
      ))}
      {isDropAt(target, at, blocks.length) && <DropLine />}
      {!isReadOnly && (blocks.length === 0 || at.parent === null) && (
        <li className="flex items-center justify-center rounded-md border border-rule-strong border-dashed py-1">
          <AddMenu at={at} index={blocks.length} place={at.parent === null ? 'at the end' : 'here'} />
        </li>
      )}
    </ol>
  );
}

function DropLine() {
  return <li aria-hidden="true" className="-my-px h-0.5 rounded-full bg-link" />;
}
