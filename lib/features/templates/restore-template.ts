import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { parseInput } from '@/lib/domain/parse-input';
import { AppError } from '@/lib/errors';
import { recordAudit } from '@/lib/features/history/record-audit';
import { parseContent } from '@/lib/features/templates/template-content';
import { lockRevision, writeRevision } from '@/lib/features/templates/update-template';

export const restoreTemplateSchema = z.object({
  id: z.string(),
  revision: z.number().int().min(1),
  /** The kept revision to go back to. */
  version: z.number().int().min(1),
});

/** Makes an earlier version the newest revision; nothing between them is lost. Throws `not_found`, `conflict`. */
export async function restoreTemplate(
  ctx: Ctx,
  input: z.input<typeof restoreTemplateSchema>,
): Promise<{ revision: number }> {
  authorise(ctx, 'campaigns.write');
  const { id, revision, version } = parseInput(restoreTemplateSchema, input);
  return withTx(ctx, async (tx) => {
    const { channel } = await lockRevision(tx, ctx, id, revision);
    const [kept] = await tx.sql<{ content: unknown }[]>`
      select content from template_versions
      where workspace_id = ${ctx.workspaceId} and template_id = ${id} and revision = ${version}`;
    if (!kept) throw new AppError('not_found', 'This version is not kept any more.');
    await writeRevision(tx, ctx, id, revision + 1, parseContent(channel, kept.content).content);
    await recordAudit(tx, ctx, {
      action: 'template.restored',
      subjectType: 'template',
      subjectId: id,
      data: { from: version, revision: revision + 1 },
    });
    return { revision: revision + 1 };
  });
}
