import type { z } from 'zod';
import type { Ctx } from '@/lib/context';
import { escapeHtml } from '@/lib/domain/escape';
import { rebuildMessage, type rebuildMessageSchema } from '@/lib/features/service/rebuild-message';
import { shownCopy } from '@/lib/features/service/shown-copy';

/** The message as a page for a sandboxed frame: nothing in it reports, leads anywhere or runs. Throws as rebuildMessage. */
export async function messageDocument(ctx: Ctx, input: z.input<typeof rebuildMessageSchema>): Promise<string> {
  const { html, text } = await rebuildMessage(ctx, input);
  if (html !== null) return shownCopy(html);
  return `<!doctype html><meta charset="utf-8"><pre style="white-space:pre-wrap;font:16px/1.5 system-ui">${escapeHtml(text)}</pre>`;
}
