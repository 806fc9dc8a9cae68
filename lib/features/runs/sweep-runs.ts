import { systemCtx } from '@/lib/context';
import { pool, type Tx, withSystemTx } from '@/lib/db/client';
import { crashPoint } from '@/lib/db/crash-point';
import { recordAudit } from '@/lib/features/history/record-audit';
import { announceRun } from '@/lib/features/runs/announce-run';

export interface RunRef {
  workspaceId: string;
  runId: string;
}

export interface Sweep {
  /** Runs whose time has come, or whose queuing stands still. */
  launch: RunRef[];
  /** Sending runs with work due, or nothing left but to be completed. */
  wake: RunRef[];
  /** Cancelled runs whose rows are not all closed. */
  close: RunRef[];
}

/** How late a scheduled run may still start by itself. */
const CATCH_UP_MINUTES = 30;

/** A run whose time passed while nothing ran waits for a person: what was right at nine may be wrong at noon. */
async function holdMissed(tx: Tx): Promise<void> {
  const missed = await tx.sql<(RunRef & { reason: string })[]>`
    update runs set status = 'paused', resume_status = 'queuing', paused_account_id = null,
      paused_by = '{"type": "system", "id": "sweep", "name": "the schedule"}'::jsonb,
      status_reason = 'It should have started at ' || to_char(scheduled_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI')
        || ' UTC, when nothing was running. Resume it to send now, or cancel it. Nothing was sent.'
    where status = 'scheduled' and greatest(scheduled_at, last_progress_at) < now() - make_interval(mins => ${CATCH_UP_MINUTES})
    returning workspace_id as "workspaceId", id as "runId", status_reason as reason`;
  for (const { workspaceId, runId, reason } of missed) {
    const ctx = systemCtx(workspaceId, 'sweep');
    await recordAudit(tx, ctx, { action: 'run.missed', subjectType: 'run', subjectId: runId, data: { reason } });
    await announceRun(tx, workspaceId, runId, 'missed', reason);
  }
}

async function startDue(tx: Tx): Promise<RunRef[]> {
  await holdMissed(tx);
  return await tx.sql<RunRef[]>`
    update runs set status = 'queuing', started_at = now(), last_progress_at = now()
    where status = 'scheduled' and scheduled_at <= now() returning workspace_id as "workspaceId", id as "runId"`;
}

/** Starts scheduled runs whose time has come, each once; for whoever looks more often than the sweep. */
export async function startDueRuns(): Promise<RunRef[]> {
  const [due] = await pool()`select 1 from runs where status = 'scheduled' and scheduled_at <= now() limit 1`;
  return due ? withSystemTx(startDue) : [];
}

/**
 * Re-derives from the ledger what should be running now, so that a lost event, a restored backup or a change of engine
 * costs a minute and nothing else. Starts scheduled runs that are due; those that missed their time wait for a person.
 */
export async function sweepRuns(): Promise<Sweep> {
  return withSystemTx(async (tx) => {
    const { sql } = tx;
    const due = await startDue(tx);
    const still = await sql<RunRef[]>`
      select workspace_id as "workspaceId", id as "runId" from runs
      where status in ('queuing', 'sending') and queued_at is null
        and coalesce(last_progress_at, created_at) < now() - interval '20 seconds'`;
    const wake = await sql<RunRef[]>`
      select r.workspace_id as "workspaceId", r.id as "runId" from runs r
      where r.status = 'sending' and not exists (
        select 1 from batches b where b.run_id = r.id and b.state = 'ready' and b.lease_until > now())
      and (exists (select 1 from batches b where b.run_id = r.id and b.state = 'ready' and b.not_before <= now() + interval '70 seconds')
        or not exists (select 1 from batches b where b.workspace_id = r.workspace_id and b.run_id = r.id and b.state = 'ready'))`;
    const close = await sql<RunRef[]>`
      select r.workspace_id as "workspaceId", r.id as "runId" from runs r
      where r.status = 'cancelled' and (r.freeze_cursor is distinct from 'closed' or exists (
        select 1 from batches b where b.workspace_id = r.workspace_id and b.run_id = r.id and b.state <> 'done'))`;
    await sql`delete from rate_slots where second < extract(epoch from now())::bigint - 3600`;
    crashPoint('in_sweep');
    return { launch: [...due, ...still], wake: [...wake], close: [...close] };
  });
}
