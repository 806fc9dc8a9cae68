import { actorLabel, type Ctx, systemCtx } from '@/lib/context';
import { type Tx, withSystemTx } from '@/lib/db/client';
import { recordAudit } from '@/lib/features/history/record-audit';
import { announceRun } from '@/lib/features/runs/announce-run';

async function pauseHalfQueued(tx: Tx, ctx: Ctx, runId: string, reason: string): Promise<void> {
  const text = `The rest of the audience could not be queued: ${reason}. Resume the run to go on where it stopped.`;
  const rows = await tx.sql`
    update runs set status = 'paused', resume_status = 'sending', status_reason = ${text}, paused_account_id = null,
      paused_by = ${JSON.stringify(actorLabel(ctx))}::jsonb
    where workspace_id = ${ctx.workspaceId} and id = ${runId} and status = 'sending' and queued_at is null returning 1`;
  if (rows.length === 0) return;
  await recordAudit(tx, ctx, { action: 'run.paused', subjectType: 'run', subjectId: runId, data: { reason: text } });
  await announceRun(tx, ctx.workspaceId, runId, 'paused', text);
}

/**
 * Ends the queuing of a run that cannot be queued, with the reason in words: nothing of it was sent. One that is being sent
 * to its first people waits for a person instead, and goes on from where it stopped.
 */
export async function failQueuing(workspaceId: string, runId: string, reason: string): Promise<void> {
  await withSystemTx(async (tx) => {
    const text = `The audience could not be queued: ${reason}. Nothing was sent.`;
    const rows = await tx.sql`
      update runs set status = 'failed', status_reason = ${text}, completed_at = now()
      where workspace_id = ${workspaceId} and id = ${runId} and status = 'queuing' returning 1`;
    const ctx = systemCtx(workspaceId, 'dispatch-run');
    if (rows.length === 0) return pauseHalfQueued(tx, ctx, runId, reason);
    await recordAudit(tx, ctx, { action: 'run.failed', subjectType: 'run', subjectId: runId, data: { reason } });
    await announceRun(tx, workspaceId, runId, 'failed', text);
  });
}
