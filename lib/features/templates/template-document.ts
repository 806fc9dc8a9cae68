import type { Ctx } from '@/lib/context';
import { escapeHtml } from '@/lib/domain/escape';
import { getTemplate, getTemplateVersion } from '@/lib/features/templates/get-template';
import { previewTemplate } from '@/lib/features/templates/preview-template';
import { startingContent, type TemplateContent } from '@/lib/features/templates/template-content';

const PAGE =
  '<!doctype html><meta charset="utf-8"><body style="margin:24px;font:16px/24px sans-serif;white-space:pre-wrap">';

async function documentOf(ctx: Ctx, template: TemplateContent): Promise<string> {
  const { message, problem } = await previewTemplate(ctx, { ...template, as: 'example' });
  if (message?.channel === 'email') return message.html;
  return `${PAGE}${escapeHtml(message?.text ?? problem ?? '')}`;
}

/** A stored template as a whole HTML page for a made-up person; with `revision` an earlier version. Throws `not_found`. */
export async function templateDocument(ctx: Ctx, id: string, revision?: number): Promise<string> {
  const template = revision === undefined ? await getTemplate(ctx, id) : await getTemplateVersion(ctx, id, revision);
  return documentOf(ctx, template);
}

/** A starter as a whole HTML page in the workspace's own name. Throws `not_found`. */
export async function starterDocument(ctx: Ctx, starterId: string): Promise<string> {
  return documentOf(ctx, startingContent('email', undefined, starterId));
}
