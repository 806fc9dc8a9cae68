import { systemCtx } from '@/lib/context';
import { pool, withSystemTx } from '@/lib/db/client';
import { readDatabaseNow } from '@/lib/db/clock';
import { stalledRuns } from '@/lib/features/health/stalled-runs';
import { announceRun } from '@/lib/features/runs/announce-run';

const ALARM_AFTER_MS = 2 * 60_000;

/** Takes back the alarm of runs that move again or have ended, so that the next standstill is a new one. */
async function clearMoving(): Promise<void> {
  // stalled_since came through JavaScript, which knows milliseconds: finer times would look later than themselves
  await pool()`
    update runs r set stalled_since = null where r.stalled_since is not null and (
      r.status not in ('sending', 'queuing') or date_trunc('milliseconds', r.last_progress_at) > r.stalled_since or exists (
        select 1 from run_rates k where k.workspace_id = r.workspace_id and k.run_id = r.id and k.at > r.stalled_since))`;
}

/**
 * Raises the alarm for runs with work due of which nothing was settled for two minutes, with the reason as far as the
 * database can tell it. Once for each standstill, however often this runs and wherever. Answers how many were raised.
 */
export async function alarmStalledRuns(): Promise<number> {
  await clearMoving();
  const busy = await pool()<{ workspaceId: string }[]>`
    select distinct workspace_id as "workspaceId" from runs where status in ('sending', 'queuing') and stalled_since is null`;
  if (busy.length === 0) return 0;
  const now = await withSystemTx(readDatabaseNow);
  let raised = 0;
  for (const { workspaceId } of busy) {
    for (const run of await stalledRuns(systemCtx(workspaceId, 'sweep'))) {
      if (now.getTime() - run.since.getTime() < ALARM_AFTER_MS) continue;
      raised += await withSystemTx(async (tx) => {
        const set = await tx.sql`
          update runs set stalled_since = ${run.since}
          where workspace_id = ${workspaceId} and id = ${run.runId} and stalled_since is null and status = ${run.status}`;
        if (set.count === 0) return 0;
        const since = run.since.toISOString();
        const detail = `Nothing has moved since ${since.slice(11, 16)} UTC because ${run.because}`;
        await announceRun(tx, workspaceId, run.runId, 'stalled', detail, since);
        return 1;
      });
    }
  }
  return raised;
}
