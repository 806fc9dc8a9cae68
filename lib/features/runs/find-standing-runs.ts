import { pool } from '@/lib/db/client';
import type { RunRef } from '@/lib/features/runs/sweep-runs';

/** A sender that is alive takes what is due at once. */
const STANDS_AFTER_SECONDS = 8;
/** What stands for longer is woken by the sweep alone: it waits for something that waking does not bring. */
const FORGOTTEN_AFTER_SECONDS = 90;

/**
 * Sending runs that moved a moment ago and have stopped although work is due that nobody holds and no breaker keeps
 * back: their sender was lost. Costs one look at the runs under way.
 */
export async function findStandingRuns(): Promise<RunRef[]> {
  const rows = await pool()<RunRef[]>`
    select r.workspace_id as "workspaceId", r.id as "runId" from runs r
    where r.status = 'sending' and exists (
      select 1 from batches b left join provider_accounts a on a.id = b.provider_account_id
      where b.run_id = r.id and b.state = 'ready'
        and greatest(b.not_before, b.lease_until, a.breaker_retry_at) <= now() - ${STANDS_AFTER_SECONDS} * interval '1 second')
      and not exists (select 1 from batches b where b.run_id = r.id and b.state = 'ready' and b.lease_until > now())
      and greatest(r.last_progress_at, r.queued_at, (
        select max(k.at) + interval '10 seconds' from run_rates k where k.workspace_id = r.workspace_id and k.run_id = r.id
      )) > now() - ${FORGOTTEN_AFTER_SECONDS} * interval '1 second'`;
  return [...rows];
}
