import type { Flow, Inline, LaidBlock } from '../compile/lay-out';

/** The text part: what the blocks say, links in brackets, conditions as marks on the very lines they cover. */
export function plainTextOf(blocks: readonly LaidBlock[], header: string): string {
  const body = blocks.map(blockText).join('');
  return `${header === '' ? '' : `${header}\n\n`}${body}`;
}

function blockText(block: LaidBlock): string {
  switch (block.type) {
    case 'marks':
      return block.text;
    case 'text':
      return flowText(block.flow);
    case 'heading':
      return `${inlineText(block.children)}\n${block.level === 1 ? '----------\n' : ''}\n`;
    case 'image':
      return block.alt === '' ? '' : `[${block.alt}]${block.href ? ` ${block.href}` : ''}\n\n`;
    case 'button':
      return `${block.label}: ${block.href}\n\n`;
    case 'divider':
      return '----------\n\n';
    case 'spacer':
      return '';
    case 'social':
      return `${block.links.map(({ label, href }) => `${label}: ${href}`).join('\n')}\n\n`;
    case 'columns':
      return block.columns.map(({ blocks }) => blocks.map(blockText).join('')).join('');
    case 'footer': {
      const preferences = inlineText(block.preferences);
      return `--\n${flowText(block.flow)}${block.sender}\n${block.address}\n\n${inlineText(block.unsubscribe)}\n${preferences}\n`;
    }
  }
}

function flowText(flow: readonly Flow[]): string {
  return flow.map(oneFlow).join('');
}

function oneFlow(flow: Flow): string {
  if (flow.kind === 'paragraph') return `${inlineText(flow.children)}\n\n`;
  const items = flow.items.map((item, index) => `${flow.isOrdered ? `${index + 1}.` : '-'} ${inlineText(item)}\n`);
  return `${items.join('')}\n`;
}

function inlineText(children: readonly Inline[]): string {
  return children.map(oneInline).join('');
}

function oneInline(inline: Inline): string {
  if (typeof inline === 'string') return inline;
  switch (inline.kind) {
    case 'break':
      return '\n';
    case 'bold':
      return `*${inlineText(inline.children)}*`;
    case 'link': {
      const label = inlineText(inline.children);
      return label === inline.href ? label : `${label} (${inline.href})`;
    }
    default:
      return inlineText(inline.children);
  }
}
