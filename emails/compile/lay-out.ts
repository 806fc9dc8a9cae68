import { isOutput, isReservedField, type MergeIf, type MergeNode } from '@/lib/domain/merge-tags';
import { compileUrl } from '@/lib/domain/merge-tags-eval';
import { parseCondition, parseMergeTags } from '@/lib/domain/merge-tags-parse';
import { parseRichLine, parseRichText, type RichNode } from '@/lib/domain/rich-text';
import type { EmailBlock, EmailTemplate } from '@/lib/domain/template';
import { type MarkTable, plainText, withoutMarks } from './marks';

type BlockOf<T extends EmailBlock['type']> = Extract<EmailBlock, { type: T }>;
type Framed = Pick<EmailBlock, 'tone' | 'padding'>;

export type Inline =
  | string
  | { kind: 'break' }
  | { kind: 'bold' | 'italic' | 'struck'; children: Inline[] }
  | { kind: 'link'; href: string; children: Inline[] };
export type Flow = { kind: 'paragraph'; children: Inline[] } | { kind: 'list'; isOrdered: boolean; items: Inline[][] };

/** A template whose tags are marks and whose conditions are flat: all that HTML and plain text have in common. */
export type LaidBlock =
  | (Framed & { type: 'text'; flow: Flow[] } & Pick<BlockOf<'text'>, 'align' | 'size' | 'isMuted'>)
  | (Framed & { type: 'heading'; children: Inline[] } & Pick<BlockOf<'heading'>, 'align' | 'level'>)
  | (Framed & { type: 'image'; src: string; alt: string; href?: string } & Pick<
        BlockOf<'image'>,
        'align' | 'widthPx' | 'isFullWidth'
      >)
  | (Framed & { type: 'button'; label: string; href: string } & Pick<
        BlockOf<'button'>,
        'align' | 'variant' | 'isFullWidth'
      >)
  | (Framed & { type: 'divider' })
  | (Framed & { type: 'spacer'; heightPx: number })
  | (Framed & { type: 'social'; links: { label: string; href: string }[] } & Pick<BlockOf<'social'>, 'align'>)
  | (Framed & { type: 'columns'; columns: { widthPercent?: number; blocks: LaidBlock[] }[]; isStacked: boolean })
  | (Framed & {
      type: 'footer';
      flow: Flow[];
      sender: string;
      address: string;
      unsubscribe: Inline[];
      preferences: Inline[];
    })
  | { type: 'marks'; text: string };

export interface LayOutOptions {
  locale: string;
  baseUrl: string;
}

const NETWORK_NAME: Record<BlockOf<'social'>['links'][number]['network'], string> = {
  website: 'Website',
  x: 'X',
  facebook: 'Facebook',
  instagram: 'Instagram',
  linkedin: 'LinkedIn',
  youtube: 'YouTube',
  tiktok: 'TikTok',
  github: 'GitHub',
};

/** Turns the blocks of a template into laid-out blocks; `marks` receives every tag, condition and link, links in reading order. */
export function layOut(template: EmailTemplate, marks: MarkTable, options: LayOutOptions): LaidBlock[] {
  return new LayOut(marks, options).blocks(template.blocks);
}

class LayOut {
  constructor(
    private readonly marks: MarkTable,
    private readonly options: LayOutOptions,
  ) {}

  blocks(blocks: readonly EmailBlock[]): LaidBlock[] {
    return blocks.flatMap((block) => (block.type === 'conditional' ? this.conditional(block) : [this.block(block)]));
  }

  private conditional(block: BlockOf<'conditional'>): LaidBlock[] {
    const marks = this.marks.condition([parseCondition(block.if)]);
    return [
      { type: 'marks', text: marks.branches.join('') },
      ...this.blocks(block.blocks),
      { type: 'marks', text: marks.otherwise },
      ...this.blocks(block.otherwise ?? []),
      { type: 'marks', text: marks.end },
    ];
  }

  private block(block: Exclude<EmailBlock, { type: 'conditional' }>): LaidBlock {
    const { tone, padding } = block;
    switch (block.type) {
      case 'text': {
        const { align, size, isMuted } = block;
        return { type: 'text', tone, padding, align, size, isMuted, flow: this.flow(block.content) };
      }
      case 'heading': {
        const children = this.inline(parseRichLine(parseMergeTags(block.content)));
        return { type: 'heading', tone, padding, level: block.level, align: block.align, children };
      }
      case 'image': {
        const alt = this.marks.text(parseMergeTags(block.alt));
        const href =
          block.href === undefined ? undefined : this.href(parseMergeTags(block.href.trim()), alt || 'image');
        return {
          type: 'image',
          tone,
          padding,
          align: block.align,
          widthPx: block.widthPx,
          isFullWidth: block.isFullWidth,
          src: this.source(block.src),
          alt,
          href,
        };
      }
      case 'button': {
        const { align, variant, isFullWidth } = block;
        const label = this.marks.text(parseMergeTags(block.label));
        const href = this.href(parseMergeTags(block.url.trim()), label);
        return { type: 'button', tone, padding, align, variant, isFullWidth, label, href };
      }
      case 'social': {
        const links = block.links.map(({ network, url }) => {
          const label = NETWORK_NAME[network];
          return { label, href: this.href(parseMergeTags(url.trim()), label) };
        });
        return { type: 'social', tone, padding, align: block.align, links };
      }
      case 'columns': {
        const columns = block.columns.map((column) => ({ ...column, blocks: this.blocks(column.blocks) }));
        return { type: 'columns', tone, padding, columns, isStacked: block.isStackedOnMobile ?? true };
      }
      case 'divider':
        return { type: 'divider', tone, padding };
      case 'spacer':
        return { type: 'spacer', tone, padding, heightPx: block.heightPx };
      case 'footer':
        return this.footer(block);
    }
  }

  private footer(block: BlockOf<'footer'>): LaidBlock {
    const unsubscribeLabel = block.unsubscribeLabel?.trim() || 'Unsubscribe';
    const preferencesLabel = block.preferencesLabel?.trim() || 'Preferences';
    const hasPreferences = this.marks.condition([parseCondition('preferences_url')]);
    return {
      type: 'footer',
      tone: block.tone,
      padding: block.padding,
      flow: this.flow(block.content ?? ''),
      sender: this.marks.text(parseMergeTags('{{ workspace.name }}')),
      address: this.marks.text(parseMergeTags('{{ workspace.postal_address }}')),
      unsubscribe: [this.systemLink(unsubscribeLabel, '{{ unsubscribe_url }}')],
      preferences: [
        hasPreferences.branches.join(''),
        this.systemLink(preferencesLabel, '{{ preferences_url }}'),
        hasPreferences.otherwise,
        hasPreferences.end,
      ],
    };
  }

  private systemLink(label: string, url: string): Inline {
    const children = [this.marks.text(parseMergeTags(label))];
    return { kind: 'link', href: this.href(parseMergeTags(url), label), children };
  }

  private flow(content: string): Flow[] {
    return parseRichText(parseMergeTags(content)).map((block) =>
      block.kind === 'paragraph'
        ? { kind: 'paragraph', children: this.inline(block.children) }
        : { ...block, items: block.items.map((item) => this.inline(item)) },
    );
  }

  private inline(nodes: readonly RichNode[]): Inline[] {
    return nodes.flatMap((node): Inline[] => {
      switch (node.kind) {
        case 'text':
          return [plainText(node.text)];
        case 'break':
          return [{ kind: 'break' }];
        case 'tag':
          return [this.marks.write(node.output)];
        case 'link': {
          const children = this.inline(node.children);
          return [{ kind: 'link', href: this.href(node.url, inlineText(children)), children }];
        }
        case 'if':
          return this.inlineIf(node.node);
        default:
          return [{ kind: node.kind, children: this.inline(node.children) }];
      }
    });
  }

  private inlineIf(node: MergeIf<RichNode>): Inline[] {
    const marks = this.marks.condition(node.branches.map(({ test }) => test));
    const branches = node.branches.flatMap(({ body }, index) => [marks.branches[index] ?? '', ...this.inline(body)]);
    return [...branches, marks.otherwise, ...this.inline(node.otherwise), marks.end];
  }

  /** Links of the system are never tracked: leaving must not depend on, or be counted as, a click. */
  private href(nodes: MergeNode[], label: string): string {
    const isDynamic = nodes.some((node) => typeof node !== 'string');
    const isWeb = isDynamic || /^https?:/i.test(nodes.join(''));
    if (isWeb && !nodes.some(readsReserved)) return this.marks.link({ url: nodes, label: withoutMarks(label) });
    return isDynamic ? this.marks.write({ url: nodes }) : this.staticUrl(nodes);
  }

  private source(src: string): string {
    const path = src.trim();
    const nodes = parseMergeTags(path.startsWith('/') ? this.options.baseUrl.replace(/\/$/, '') + path : path);
    return nodes.some((node) => typeof node !== 'string') ? this.marks.write({ url: nodes }) : this.staticUrl(nodes);
  }

  private staticUrl(nodes: MergeNode[]): string {
    return compileUrl(nodes, this.options.locale)({ values: {}, reserved: {} });
  }
}

function readsReserved(node: MergeNode): boolean {
  return isOutput(node) && 'field' in node.value && isReservedField(node.value.field.join('.'));
}

function inlineText(children: readonly Inline[]): string {
  return children
    .map((child) => (typeof child === 'string' ? child : 'children' in child ? inlineText(child.children) : ' '))
    .join('');
}
