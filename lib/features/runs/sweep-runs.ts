import { withSystemTx } from '@/lib/db/client';
import { crashPoint } from '@/lib/db/crash-point';

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

/**
 * Re-derives from the ledger what should be running now, so that a lost event, a restored backup or a change of engine
 * costs a minute and nothing else. Starts scheduled runs that are due.
 */
export async function sweepRuns(): Promise<Sweep> {
  return withSystemTx(async ({ sql }) => {
    const due = await sql<RunRef[]>`
      update runs set status = 'queuing', started_at = now(), last_progress_at = now()
      where status = 'scheduled' and scheduled_at <= now() returning workspace_id as "workspaceId", id as "runId"`;
    const still = await sql<RunRef[]>`
      select workspace_id as "workspaceId", id as "runId" from runs
      where status = 'queuing' and coalesce(last_progress_at, created_at) < now() - interval '20 seconds'`;
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
