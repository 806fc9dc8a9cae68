import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { ERROR_CLASSES } from '@/lib/domain/delivery-error';
import { parseInput } from '@/lib/domain/parse-input';
import { AppError } from '@/lib/errors';
import { recordAudit } from '@/lib/features/history/record-audit';
import { requeue } from '@/lib/features/runs/requeue';

export const retryFailedSchema = z.object({
  runId: z.string(),
  step: z.number().int().min(0).optional(),
  classes: z.array(z.enum(ERROR_CLASSES)).min(1).optional(),
  /** One cause as shown in the failure list, such as `recipient:550 5.1.1`. */
  cause: z.string().max(400).optional(),
});

/**
 * Puts failed deliveries of a run back into the queue with a fresh allowance of attempts; nothing that was accepted or is
 * in doubt is touched. Throws `conflict` when nothing matches or the run was cancelled.
 */
export async function retryFailed(ctx: Ctx, input: z.input<typeof retryFailedSchema>): Promise<{ queued: number }> {
  authorise(ctx, 'runs.control');
  const { runId, step, classes, cause } = parseInput(retryFailedSchema, input);
  return withTx(ctx, async (tx) => {
    const { sql } = tx;
    const [run] = await sql<{ status: string }[]>`
      select status from runs where workspace_id = ${ctx.workspaceId} and id = ${runId} for update`;
    if (!run) throw new AppError('not_found', 'This run does not exist.');
    if (run.status === 'cancelled')
      throw new AppError('conflict', 'The run was cancelled, so nothing of it is sent again.');
    const picked = sql`
      select d.id, d.step, b.wave, b.provider_account_id as account
      from delivery_issues i join deliveries d on d.id = i.delivery_id join batches b on b.id = d.batch_id
      where i.workspace_id = ${ctx.workspaceId} and i.run_id = ${runId} and i.state = 'failed' and d.state = 'failed'
        ${step === undefined ? sql`` : sql`and i.step = ${step}`}
        ${classes ? sql`and d.error_class = any(${classes}::error_class[])` : sql``}
        ${cause ? sql`and i.cause = ${cause}` : sql``}`;
    const queued = await requeue(tx, { workspaceId: ctx.workspaceId, runId }, 'failed', picked);
    if (queued === 0) throw new AppError('conflict', 'Nothing failed here that could be retried. Nothing was changed.');
    await sql`update runs set status = 'sending', completed_at = null, last_progress_at = now()
      where workspace_id = ${ctx.workspaceId} and id = ${runId} and status = 'completed'`;
    await recordAudit(tx, ctx, {
      action: 'run.retried',
      subjectType: 'run',
      subjectId: runId,
      data: { queued, step, classes, cause },
    });
    return { queued };
  });
}
