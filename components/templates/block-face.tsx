'use client';

import { ImageOff } from 'lucide-react';
import { memo } from 'react';
import { cn } from '@/components/ui/cn';
import type { EmailTheme } from '@/lib/domain/template';
import { conditionWords } from './condition-rows';
import type { EditBlock } from './email-document';
import { LineFace, PlainFace, RichFace } from './rich-face';
import { labelOf, type TagChoice } from './tag-choice';

interface BlockFaceProps {
  block: EditBlock;
  fields: readonly TagChoice[];
  theme: EmailTheme;
}

const HEADING = { 1: 'text-lg font-semibold', 2: 'text-base font-semibold', 3: 'text-sm font-semibold' } as const;

/** What a block says, on one or three lines; how it looks is what the preview is for. */
export const BlockFace = memo(function BlockFace({ block, fields, theme }: BlockFaceProps) {
  switch (block.type) {
    case 'text':
      return (
        <span className={cn('line-clamp-3', block.isMuted && 'text-ink-soft', block.size === 'small' && 'text-xs')}>
          <RichFace source={block.content} fields={fields} />
        </span>
      );
    case 'heading':
      return (
        <span className={cn('line-clamp-2', HEADING[block.level])}>
          <LineFace source={block.content} fields={fields} />
        </span>
      );
    case 'image':
      return <ImageFace block={block} fields={fields} />;
    case 'button':
      return (
        <span
          className="inline-block max-w-full truncate border px-3 py-1 font-medium"
          style={{
            borderRadius: Math.min(theme.radiusPx, 14),
            borderColor: theme.primary,
            background: block.variant === 'outline' ? theme.surface : theme.primary,
            color: block.variant === 'outline' ? theme.primary : theme.onPrimary,
          }}
        >
          <PlainText source={block.label} fields={fields} />
        </span>
      );
    case 'divider':
      return <span className="block w-full border-rule-strong border-t" />;
    case 'spacer':
      return <span className="text-ink-faint">{block.heightPx} px of room</span>;
    case 'social':
      return (
        <span className="truncate text-ink-soft">
          {block.links.map(({ network }) => NETWORKS[network]).join(' · ')}
        </span>
      );
    case 'columns':
      return <span className="font-medium">{block.columns.length} columns</span>;
    case 'conditional':
      return (
        <span>
          <span className="text-ink-faint">Only if </span>
          <span className="font-medium">{conditionWords(block.if, (field) => labelOf(fields, field))}</span>
        </span>
      );
    case 'footer':
      return (
        <span className="line-clamp-2 text-ink-soft text-xs">
          {block.content ? <RichFace source={block.content} fields={fields} /> : null}
          Sender, postal address, unsubscribe link
        </span>
      );
  }
});

/** Inside a button a label of another colour would not be readable: tags are named in brackets. */
function PlainText({ source, fields }: { source: string; fields: readonly TagChoice[] }) {
  return source.replace(/\{\{\s*([\w.]+)[^}]*\}\}/g, (_, key: string) => `[${labelOf(fields, key)}]`);
}

export const NETWORKS = {
  website: 'Website',
  x: 'X',
  facebook: 'Facebook',
  instagram: 'Instagram',
  linkedin: 'LinkedIn',
  youtube: 'YouTube',
  tiktok: 'TikTok',
  github: 'GitHub',
} as const;

function ImageFace({ block, fields }: { block: Extract<EditBlock, { type: 'image' }>; fields: readonly TagChoice[] }) {
  const isShown = /^(?:https:\/\/|\/(?!\/))/.test(block.src) && !block.src.includes('{');
  return (
    <span className="flex min-w-0 items-center gap-3">
      {isShown ? (
        // biome-ignore lint/performance/noImgElement: any address a customer names, as large as it is
        <img src={block.src} alt="" className="h-12 w-20 shrink-0 rounded-sm border border-rule bg-well object-cover" />
      ) : (
        <span className="grid h-12 w-20 shrink-0 place-items-center rounded-sm border border-rule bg-well">
          <ImageOff className="size-4 text-ink-faint" aria-hidden="true" />
        </span>
      )}
      {block.alt ? (
        <span className="line-clamp-2 text-ink-soft">
          <PlainFace source={block.alt} fields={fields} />
        </span>
      ) : (
        <span className="text-attention-ink">No description</span>
      )}
    </span>
  );
}
