import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { parseInput } from '@/lib/domain/parse-input';
import { segmentRuleSchema } from '@/lib/domain/segment';
import { AppError } from '@/lib/errors';
import { recordAudit } from '@/lib/features/history/record-audit';
import { checkRule } from '@/lib/features/segments/check-rule';
import { newId } from '@/lib/ids';

export const createSegmentSchema = z.object({
  name: z.string().trim().min(1).max(120),
  description: z.string().trim().max(500).optional(),
  rule: segmentRuleSchema,
});

/** Saves a segment; throws `conflict` when its name is taken and `invalid` for a rule that names what does not exist. */
export async function createSegment(ctx: Ctx, input: z.input<typeof createSegmentSchema>): Promise<{ id: string }> {
  authorise(ctx, 'contacts.write');
  const { name, description, rule } = parseInput(createSegmentSchema, input);
  return withTx(ctx, async (tx) => {
    await checkRule(tx, ctx.workspaceId, rule);
    const id = newId('segment');
    const made = await tx.sql`
      insert into segments (id, workspace_id, name, description, rule)
      values (${id}, ${ctx.workspaceId}, ${name}, ${description ?? null}, ${JSON.stringify(rule)}::jsonb)
      on conflict (workspace_id, name) do nothing`;
    if (made.count === 0)
      throw new AppError('conflict', `A segment named “${name}” exists already. Choose another name.`);
    await recordAudit(tx, ctx, {
      action: 'segment.created',
      subjectType: 'segment',
      subjectId: id,
      data: { name, rule },
    });
    return { id };
  });
}
