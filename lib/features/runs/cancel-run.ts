import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { statesBefore } from '@/lib/domain/run';
import { AppError } from '@/lib/errors';
import { recordAudit } from '@/lib/features/history/record-audit';

/**
 * Ends a run for good, its seed recipients' too: nothing more is sent; what was accepted stays accepted. Throws `conflict`
 * once it has ended.
 */
export async function cancelRun(ctx: Ctx, runId: string, reason = 'Cancelled by hand.'): Promise<void> {
  authorise(ctx, 'runs.control');
  await withTx(ctx, async (tx) => {
    const rows = await tx.sql<{ id: string }[]>`
      update runs set status = 'cancelled', status_reason = ${reason}, completed_at = now()
      where workspace_id = ${ctx.workspaceId} and (id = ${runId} or seed_of = ${runId})
        and status = any(${statesBefore('cancelled')}::text[]) returning id`;
    if (!rows.some((row) => row.id === runId))
      throw new AppError('conflict', 'This run has ended already, or does not exist. Nothing was changed.');
    await recordAudit(tx, ctx, { action: 'run.cancelled', subjectType: 'run', subjectId: runId, data: { reason } });
  });
}
