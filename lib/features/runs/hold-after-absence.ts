import { systemCtx } from '@/lib/context';
import { withSystemTx } from '@/lib/db/client';
import { recordAudit } from '@/lib/features/history/record-audit';
import { announceRun } from '@/lib/features/runs/announce-run';
import type { RunRef } from '@/lib/features/runs/sweep-runs';

/** A restart is minutes; so long a silence is an outage nobody saw, or a database that was brought back from a backup. */
const ABSENCE_HOURS = 6;

/**
 * To be called by a worker before it does or announces anything: if none has lived for hours, the runs that are under way
 * wait for a person. What the database holds may be older than what was sent, and then going on would send it again.
 */
export async function holdAfterAbsence(): Promise<RunRef[]> {
  return withSystemTx(async (tx) => {
    const held = await tx.sql<(RunRef & { reason: string })[]>`
      update runs r set status = 'paused', resume_status = r.status, paused_account_id = null,
        paused_by = '{"type": "system", "id": "absence", "name": "the start after a long silence"}'::jsonb,
        status_reason = 'Nothing ran here since ' || to_char(lived.at at time zone 'UTC', 'YYYY-MM-DD HH24:MI')
          || ' UTC. If this database was restored from a backup, whatever was sent after that would be sent again: compare'
          || ' with the provider, then resume or cancel.'
      from (select max(heartbeat_at) as at from workers) lived
      where r.status in ('queuing', 'sending') and lived.at < now() - make_interval(hours => ${ABSENCE_HOURS})
        and r.created_at < lived.at
      returning r.workspace_id as "workspaceId", r.id as "runId", r.status_reason as reason`;
    for (const { workspaceId, runId, reason } of held) {
      await recordAudit(tx, systemCtx(workspaceId, 'absence'), {
        action: 'run.paused',
        subjectType: 'run',
        subjectId: runId,
        data: { reason },
      });
      await announceRun(tx, workspaceId, runId, 'paused', reason);
    }
    return held.map(({ workspaceId, runId }) => ({ workspaceId, runId }));
  });
}
