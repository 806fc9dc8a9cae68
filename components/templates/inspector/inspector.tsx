'use client';

import { cn } from '@/components/ui/cn';
import { Notice } from '@/components/ui/notice';
import { useEditor } from '../editor-context';
import type { EditBlock } from '../email-document';
import { ButtonFields } from './button-fields';
import { ColumnsFields } from './columns-fields';
import { ConditionalFields } from './conditional-fields';
import { FooterFields } from './footer-fields';
import { HeadingFields } from './heading-fields';
import { ImageFields } from './image-fields';
import { LookFields } from './look-fields';
import { SocialFields } from './social-fields';
import { SpacerFields } from './spacer-fields';
import { TextFields } from './text-fields';

/** Everything that can be set on a block. Escape closes it and goes back to its row. */
export function Inspector({ block, className }: { block: EditBlock; className?: string }) {
  const { isReadOnly, errorOf, select, focusBlock } = useEditor();
  const whole = errorOf(block.id, '');
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: escape works from every field inside, none of which is this element
    <div
      data-inspector=""
      className={cn('min-w-0', className)}
      onKeyDown={(event) => {
        // dialogs and menus opened from here report their keys here too, and close by themselves
        const isInside = event.target instanceof Node && event.currentTarget.contains(event.target);
        if (event.key !== 'Escape' || event.defaultPrevented || !isInside) return;
        select(null);
        focusBlock(block.id);
      }}
    >
      <fieldset disabled={isReadOnly} className="flex min-w-0 flex-col gap-4">
        <legend className="sr-only">Settings of this block</legend>
        {whole && <Notice tone="failed" title={whole} />}
        <OwnFields block={block} />
        <LookFields block={block} />
      </fieldset>
    </div>
  );
}

function OwnFields({ block }: { block: EditBlock }) {
  switch (block.type) {
    case 'text':
      return <TextFields block={block} />;
    case 'heading':
      return <HeadingFields block={block} />;
    case 'image':
      return <ImageFields block={block} />;
    case 'button':
      return <ButtonFields block={block} />;
    case 'spacer':
      return <SpacerFields block={block} />;
    case 'social':
      return <SocialFields block={block} />;
    case 'columns':
      return <ColumnsFields block={block} />;
    case 'conditional':
      return <ConditionalFields block={block} />;
    case 'footer':
      return <FooterFields block={block} />;
    default:
      return null;
  }
}
