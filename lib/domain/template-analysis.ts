import { type TemplateAnalysis, TemplateReader } from './merge-tags-analysis';
import { parseCondition, parseMergeTags } from './merge-tags-parse';
import type { EmailBlock, EmailTemplate, SmsTemplate } from './template';

/** What an email template reads from a contact, all its texts and conditions together. */
export function analyseEmail(template: EmailTemplate, knownFields: Iterable<string>): TemplateAnalysis {
  const reader = new TemplateReader();
  reader.visit(parseMergeTags(template.subject));
  reader.visit(parseMergeTags(template.preheader));
  visitBlocks(reader, template.blocks, new Set());
  return reader.result(knownFields);
}

/** What an SMS template reads from a contact. */
export function analyseSms(template: SmsTemplate, knownFields: Iterable<string>): TemplateAnalysis {
  const reader = new TemplateReader();
  reader.visit(parseMergeTags(template.text));
  return reader.result(knownFields);
}

export type ComplianceGap = 'unsubscribe_link' | 'postal_address';

/**
 * What every recipient must be shown and is not: an unsubscribe link and a postal address. A footer block brings both;
 * what stands inside a condition does not count, as somebody would not see it. Pass the workspace's address to have it checked too.
 */
export function missingCompliance(template: EmailTemplate, workspace?: { postalAddress: string }): ComplianceGap[] {
  const hasFooter = template.blocks.some((block) => block.type === 'footer');
  const shown = new Set<string>();
  for (const block of template.blocks) {
    for (const source of textsOf(block)) {
      for (const node of parseMergeTags(source)) {
        if (typeof node === 'object' && 'filters' in node && 'field' in node.value)
          shown.add(node.value.field.join('.'));
      }
    }
  }
  const gaps: ComplianceGap[] = [];
  if (!hasFooter && !shown.has('unsubscribe_url')) gaps.push('unsubscribe_link');
  const hasAddress = workspace === undefined || workspace.postalAddress.trim() !== '';
  if ((!hasFooter && !shown.has('workspace.postal_address')) || !hasAddress) gaps.push('postal_address');
  return gaps;
}

function visitBlocks(reader: TemplateReader, blocks: readonly EmailBlock[], guarded: ReadonlySet<string>): void {
  for (const block of blocks) {
    for (const source of textsOf(block)) reader.visit(parseMergeTags(source), guarded);
    if (block.type === 'conditional') {
      visitBlocks(reader, block.blocks, reader.condition(parseCondition(block.if), guarded));
      visitBlocks(reader, block.otherwise ?? [], guarded);
    }
  }
}

/** Every template text of a block; a conditional's own blocks are not part of it. */
function textsOf(block: EmailBlock): string[] {
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
    case 'columns':
      return block.columns.flatMap(({ blocks }) => blocks.flatMap(textsOf));
    default:
      return [];
  }
}
