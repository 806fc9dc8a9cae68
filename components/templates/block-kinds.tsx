import {
  Columns2,
  GitBranch,
  Heading,
  Image,
  type LucideIcon,
  Minus,
  MousePointerClick,
  MoveVertical,
  PanelBottom,
  Share2,
  Type,
} from 'lucide-react';
import type { EmailTheme } from '@/lib/domain/template';
import { type BlockType, type EditBlock, newBlockId } from './email-document';

export interface BlockKind {
  label: string;
  /** What it is for, in the list of what can be added. */
  hint: string;
  icon: LucideIcon;
}

export const BLOCK_KINDS: Record<BlockType, BlockKind> = {
  text: { label: 'Text', hint: 'Paragraphs, lists, links', icon: Type },
  heading: { label: 'Heading', hint: 'One line that stands out', icon: Heading },
  image: { label: 'Image', hint: 'Upload one or name its address', icon: Image },
  button: { label: 'Button', hint: 'The one thing to do', icon: MousePointerClick },
  columns: { label: 'Columns', hint: 'Two to four, side by side', icon: Columns2 },
  divider: { label: 'Divider', hint: 'A line across', icon: Minus },
  spacer: { label: 'Spacer', hint: 'Room to breathe', icon: MoveVertical },
  social: { label: 'Social', hint: 'Where else you are', icon: Share2 },
  conditional: { label: 'Condition', hint: 'Blocks for some people only', icon: GitBranch },
  footer: { label: 'Footer', hint: 'Sender, address, unsubscribe', icon: PanelBottom },
};

export const BLOCK_TYPES = Object.keys(BLOCK_KINDS) as BlockType[];

/** A block as it is when it has just been added: complete enough to be saved. */
export function newBlock(type: BlockType): EditBlock {
  const id = newBlockId();
  switch (type) {
    case 'text':
      return { type, id, content: 'Write here.' };
    case 'heading':
      return { type, id, level: 2, content: 'A new heading' };
    case 'image':
      return { type, id, src: '/email/placeholder.png', alt: '' };
    case 'button':
      return { type, id, label: 'Read more', url: 'https://example.com' };
    case 'columns':
      return {
        type,
        id,
        columns: [{ blocks: [newBlock('text')] }, { blocks: [newBlock('text')] }],
      };
    case 'divider':
      return { type, id };
    case 'spacer':
      return { type, id, heightPx: 24 };
    case 'social':
      return { type, id, links: [{ network: 'website', url: 'https://example.com' }] };
    case 'conditional':
      return { type, id, if: 'first_name', blocks: [newBlock('text')] };
    case 'footer':
      return { type, id };
  }
}

/** The colours a block of this tone is drawn in while editing; the preview has the exact ones. */
export function toneColours(theme: EmailTheme, tone: EditBlock['tone']): { background: string; color: string } {
  if (tone === 'brand') return { background: theme.primary, color: theme.onPrimary };
  if (tone === 'dark') return { background: theme.text, color: theme.surface };
  if (tone === 'tint') {
    return { background: `color-mix(in srgb, ${theme.primary} 8%, ${theme.surface})`, color: theme.text };
  }
  return { background: theme.surface, color: theme.text };
}
