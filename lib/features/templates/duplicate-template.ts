import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { recordAudit } from '@/lib/features/history/record-audit';
import { insertTemplate } from '@/lib/features/templates/create-template';
import { findTemplate } from '@/lib/features/templates/get-template';
import { parseContent } from '@/lib/features/templates/template-content';

/** Copies the newest revision into a template of its own, also of an archived one. Throws `not_found`. */
export async function duplicateTemplate(ctx: Ctx, id: string): Promise<{ id: string; revision: number }> {
  authorise(ctx, 'campaigns.write');
  return withTx(ctx, async (tx) => {
    const source = await findTemplate(tx, ctx.workspaceId, id);
    const name = `${source.name.slice(0, 110)} (copy)`;
    const copy = await insertTemplate(tx, ctx, name, parseContent(source.channel, source.content));
    await recordAudit(tx, ctx, {
      action: 'template.created',
      subjectType: 'template',
      subjectId: copy,
      data: { name, channel: source.channel, copyOf: id },
    });
    return { id: copy, revision: 1 };
  });
}
