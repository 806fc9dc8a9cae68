import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { parseInput } from '@/lib/domain/parse-input';
import { segmentRuleSchema } from '@/lib/domain/segment';
import { AppError } from '@/lib/errors';
import { recordAudit } from '@/lib/features/history/record-audit';
import { checkRule } from '@/lib/features/segments/check-rule';

export const updateSegmentSchema = z.object({
  id: z.string(),
  /** The revision the editor started from; a newer one in the database is a conflict. */
  revision: z.number().int().optional(),
  name: z.string().trim().min(1).max(120).optional(),
  description: z.string().trim().max(500).nullable().optional(),
  rule: segmentRuleSchema.optional(),
});

/**
 * Changes a segment and raises its revision. Throws `conflict` when somebody else changed it meanwhile or the name is
 * taken. Runs that were launched keep the rule they froze.
 */
export async function updateSegment(
  ctx: Ctx,
  input: z.input<typeof updateSegmentSchema>,
): Promise<{ revision: number }> {
  authorise(ctx, 'contacts.write');
  const { id, revision, name, description, rule } = parseInput(updateSegmentSchema, input);
  return withTx(ctx, async (tx) => {
    const { sql } = tx;
    const [found] = await sql<{ revision: number }[]>`
      select revision from segments where workspace_id = ${ctx.workspaceId} and id = ${id} and archived_at is null
      for update`;
    if (!found) throw new AppError('not_found', 'This segment does not exist any more. Nothing was changed.');
    if (revision !== undefined && revision !== found.revision) {
      throw new AppError(
        'conflict',
        'Somebody else changed this segment meanwhile. Load it again; nothing was changed.',
      );
    }
    if (name !== undefined) {
      const [taken] = await sql`
        select 1 from segments where workspace_id = ${ctx.workspaceId} and name = ${name} and id <> ${id}`;
      if (taken) throw new AppError('conflict', `A segment named “${name}” exists already. Choose another name.`);
    }
    if (rule) await checkRule(tx, ctx.workspaceId, rule, id);
    const [changed] = await sql<{ revision: number }[]>`
      update segments set name = coalesce(${name ?? null}, name),
        description = ${description === undefined ? sql`description` : description},
        rule = ${rule ? sql`${JSON.stringify(rule)}::jsonb` : sql`rule`}, revision = revision + 1, updated_at = now()
      where workspace_id = ${ctx.workspaceId} and id = ${id} returning revision`;
    await recordAudit(tx, ctx, {
      action: 'segment.updated',
      subjectType: 'segment',
      subjectId: id,
      data: { name, description, rule },
    });
    return { revision: changed?.revision ?? found.revision + 1 };
  });
}
