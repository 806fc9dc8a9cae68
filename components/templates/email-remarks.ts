import { fieldName, isIf, isOutput, type MergeNode, type Operand } from '@/lib/domain/merge-tags';
import { parseMergeTags } from '@/lib/domain/merge-tags-parse';
import { type EditBlock, type EmailDocument, everyBlock } from './email-document';

/** The template texts of one block, not of those inside it. */
function textsOf(block: EditBlock): string[] {
  switch (block.type) {
    case 'text':
    case 'heading':
      return [block.content];
    case 'image':
      return [block.src, block.alt, block.href ?? ''];
    case 'button':
      return [block.label, block.url];
    case 'social':
      return block.links.map(({ url }) => url);
    case 'footer':
      return [block.content ?? '', block.unsubscribeLabel ?? '', block.preferencesLabel ?? ''];
    default:
      return [];
  }
}

function reads(nodes: readonly MergeNode[], field: string): boolean {
  const isField = (operand: Operand) => 'field' in operand && fieldName(operand.field) === field;
  return nodes.some((node) => {
    if (typeof node === 'string') return false;
    if (isOutput(node)) return isField(node.value);
    if (!isIf<MergeNode>(node)) return false;
    return node.branches.some(({ body }) => reads(body, field)) || reads(node.otherwise, field);
  });
}

function readsField(source: string, field: string): boolean {
  try {
    return reads(parseMergeTags(source), field);
  } catch {
    return false;
  }
}

/** Where a field is named first: a block by its id, or the lines above the blocks. */
export function whereFieldIsNamed(document: EmailDocument, field: string): { blockId: string | null } | null {
  if ([document.subject, document.preheader].some((line) => readsField(line, field))) return { blockId: null };
  const block = everyBlock(document.blocks).find(
    (each) =>
      textsOf(each).some((source) => readsField(source, field)) ||
      (each.type === 'conditional' && new RegExp(`\\b${field.replace(/[^\w]/g, '.')}\\b`).test(each.if)),
  );
  return block ? { blockId: block.id } : null;
}

export type EmailRemark = 'no_preheader' | 'placeholder_image' | 'no_description' | 'example_link' | 'empty_condition';

/** What no rule forbids and nobody wants to send, each with the first block it concerns. */
export function emailRemarks(document: EmailDocument): { remark: EmailRemark; blockId: string | null }[] {
  const blocks = everyBlock(document.blocks);
  const images = blocks.filter((block) => block.type === 'image');
  const found: [EmailRemark, EditBlock | undefined][] = [
    ['placeholder_image', images.find(({ src }) => src === '/email/placeholder.png')],
    ['no_description', images.find(({ alt, href }) => alt.trim() === '' && href)],
    ['empty_condition', blocks.find((block) => block.type === 'conditional' && block.blocks.length === 0)],
    [
      'example_link',
      blocks.find((block) =>
        textsOf(block).some((text) => /https?:\/\/(?:[\w-]+\.)*example\.(?:com|org|net)\b/.test(text)),
      ),
    ],
  ];
  const remarks = found.flatMap(([remark, block]) => (block ? [{ remark, blockId: block.id }] : []));
  return document.preheader.trim() === '' ? [...remarks, { remark: 'no_preheader', blockId: null }] : remarks;
}

export const REMARK_WORDS: Record<EmailRemark, string> = {
  no_preheader: 'There is no preview line. Mailboxes show the beginning of the text after the subject instead.',
  placeholder_image: 'A picture is still the placeholder.',
  no_description: 'A picture that is a link has no description; who cannot see it does not know where it leads.',
  example_link: 'A link still leads to example.com.',
  empty_condition: 'A condition holds no blocks.',
};
