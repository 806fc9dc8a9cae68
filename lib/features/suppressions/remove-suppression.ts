import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { parseInput } from '@/lib/domain/parse-input';
import { AppError } from '@/lib/errors';
import { recordAudit } from '@/lib/features/history/record-audit';

const removeSuppressionSchema = z.object({
  id: z.string(),
  why: z.string().trim().min(1).max(500),
});

/**
 * Allows an address to be sent to again; the reason given is audited. Throws `precondition` for an erased person: that
 * entry is all that keeps the erasure.
 */
export async function removeSuppression(ctx: Ctx, input: z.input<typeof removeSuppressionSchema>): Promise<void> {
  authorise(ctx, 'contacts.write');
  const { id, why } = parseInput(removeSuppressionSchema, input);
  await withTx(ctx, async (tx) => {
    const [found] = await tx.sql<{ reason: string; channel: string; address: string | null }[]>`
      select reason, channel, address from suppressions where workspace_id = ${ctx.workspaceId} and id = ${id} for update`;
    if (!found) throw new AppError('not_found', 'This suppression does not exist any more. Nothing was changed.');
    if (found.reason === 'erased') {
      throw new AppError(
        'precondition',
        'This person asked to be erased; the entry cannot be removed. Nothing was changed.',
      );
    }
    await tx.sql`delete from suppressions where workspace_id = ${ctx.workspaceId} and id = ${id}`;
    await recordAudit(tx, ctx, {
      action: 'suppression.removed',
      subjectType: 'suppression',
      subjectId: id,
      data: { channel: found.channel, reason: found.reason, why },
    });
  });
}
