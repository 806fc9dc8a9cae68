import { systemCtx } from '@/lib/context';
import { withSystemTx } from '@/lib/db/client';
import { recordAudit } from '@/lib/features/history/record-audit';
import { announceRun } from '@/lib/features/runs/announce-run';

/** Ends the queuing of a run that cannot be queued, with the reason in words. Nothing of it was sent. */
export async function failQueuing(workspaceId: string, runId: string, reason: string): Promise<void> {
  await withSystemTx(async (tx) => {
    const text = `The audience could not be queued: ${reason}. Nothing was sent.`;
    const rows = await tx.sql`
      update runs set status = 'failed', status_reason = ${text}, completed_at = now()
      where workspace_id = ${workspaceId} and id = ${runId} and status = 'queuing' returning 1`;
    if (rows.length === 0) return;
    const ctx = systemCtx(workspaceId, 'dispatch-run');
    await recordAudit(tx, ctx, { action: 'run.failed', subjectType: 'run', subjectId: runId, data: { reason } });
    await announceRun(tx, workspaceId, runId, 'failed', text);
  });
}
