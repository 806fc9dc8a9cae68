import type { ReactNode } from 'react';
import { fieldName, isIf, isOutput, type MergeNode } from '@/lib/domain/merge-tags';
import { parseMergeTags } from '@/lib/domain/merge-tags-parse';
import { parseRichLine, parseRichText, type RichNode } from '@/lib/domain/rich-text';
import { labelOf, type TagChoice } from './tag-choice';

interface FaceProps {
  source: string;
  fields: readonly TagChoice[];
}

function nodesOf(source: string): MergeNode[] | null {
  try {
    return parseMergeTags(source);
  } catch {
    return null;
  }
}

/** A field as it stands in a text: its name on a small label. */
function TagChip({ name }: { name: string }) {
  return <span className="rounded-xs bg-link-wash px-1 text-[0.925em] text-link">{name}</span>;
}

function chipName(output: Extract<RichNode, { kind: 'tag' }>['output'], fields: readonly TagChoice[]): string {
  return 'field' in output.value ? labelOf(fields, fieldName(output.value.field)) : String(output.value.literal);
}

function inline(nodes: readonly RichNode[], fields: readonly TagChoice[]): ReactNode[] {
  return nodes.map((node, index) => {
    const key = `${index}`;
    switch (node.kind) {
      case 'text':
        return node.text;
      case 'break':
        return <br key={key} />;
      case 'tag':
        return <TagChip key={key} name={chipName(node.output, fields)} />;
      case 'bold':
        return <strong key={key}>{inline(node.children, fields)}</strong>;
      case 'italic':
        return <em key={key}>{inline(node.children, fields)}</em>;
      case 'struck':
        return <s key={key}>{inline(node.children, fields)}</s>;
      case 'link':
        return (
          <span key={key} className="underline decoration-rule-strong underline-offset-2">
            {inline(node.children, fields)}
          </span>
        );
      default: {
        const bodies = [...node.node.branches.map(({ body }) => body), node.node.otherwise].filter(
          (body) => body.length > 0,
        );
        return (
          <span key={key} className="border-link border-b border-dashed">
            {bodies.map((body, at) => [at > 0 && ' / ', ...inline(body, fields)])}
          </span>
        );
      }
    }
  });
}

/** A text block as it reads, with the names of fields in place of tags; as typed while it cannot be parsed. */
export function RichFace({ source, fields }: FaceProps) {
  const nodes = nodesOf(source);
  if (!nodes) return <span className="whitespace-pre-wrap">{source}</span>;
  return parseRichText(nodes).map((block, index) => {
    const key = `${index}`;
    if (block.kind === 'paragraph') {
      return (
        <span key={key} className="block">
          {inline(block.children, fields)}
        </span>
      );
    }
    return block.items.map((item, at) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: drawn anew whenever the text changes
      <span key={`${key}-${at}`} className="block pl-4 -indent-3">
        {block.isOrdered ? `${at + 1}. ` : '• '}
        {inline(item, fields)}
      </span>
    ));
  });
}

/** One line, such as a heading. */
export function LineFace({ source, fields }: FaceProps) {
  const nodes = nodesOf(source);
  return nodes ? inline(parseRichLine(nodes), fields) : source;
}

/** A line without marks, such as a subject or a label: `*` is just a star. */
export function PlainFace({ source, fields }: FaceProps): ReactNode {
  const nodes = nodesOf(source);
  return nodes ? plain(nodes, fields) : source;
}

function plain(nodes: readonly MergeNode[], fields: readonly TagChoice[]): ReactNode[] {
  return nodes.map((node, index) => {
    const key = `${index}`;
    if (typeof node === 'string') return node;
    if (isOutput(node)) return <TagChip key={key} name={chipName(node, fields)} />;
    if (!isIf<MergeNode>(node)) return null;
    const bodies = [...node.branches.map(({ body }) => body), node.otherwise].filter((body) => body.length > 0);
    return (
      <span key={key} className="border-link border-b border-dashed">
        {bodies.map((body, at) => [at > 0 && ' / ', ...plain(body, fields)])}
      </span>
    );
  });
}
