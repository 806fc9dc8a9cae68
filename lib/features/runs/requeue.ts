import type { Tx } from '@/lib/db/client';
import { BATCH_SIZE } from '@/lib/domain/batch';
import type { Fragment } from '@/lib/features/audience/member-query';

interface Where {
  workspaceId: string;
  runId: string;
}

/**
 * Puts settled deliveries of a run back into the queue with a fresh allowance of attempts, in batches of their step and
 * wave, with counters and issues; answers how many. `picked` selects their id, step, wave and provider account.
 */
export async function requeue(tx: Tx, where: Where, from: 'failed' | 'skipped', picked: Fragment): Promise<number> {
  const { sql } = tx;
  const { workspaceId, runId } = where;
  const [row] = await sql<{ n: number }[]>`
    with picked as materialized (
      select p.*, (row_number() over (partition by step, wave order by id) - 1) / ${BATCH_SIZE} as part from (${picked}) p
    ), parts as (
      select step, wave, part, max(account) as account, count(*)::int as size,
             row_number() over (order by step, wave, part) as k
      from picked group by 1, 2, 3
    ), made as (
      insert into batches (workspace_id, run_id, step, wave, state, provider_account_id, size)
      select ${workspaceId}, ${runId}, step, wave, 'ready', account, size from parts order by k returning id
    ), ids as (
      select id, row_number() over (order by id) as k from made
    ), upd as (
      update deliveries d set state = 'queued', settled_at = null, error_class = null, error_code = null, error_text = null,
        skip_reason = null, resolution = null, attempts_base = d.attempts, batch_id = ids.id
      from picked join parts on parts.step = picked.step and parts.wave = picked.wave and parts.part = picked.part
        join ids using (k)
      where d.id = picked.id and d.state = ${from} returning d.id, d.step, picked.wave
    ), gone as (
      delete from delivery_issues where delivery_id in (select id from upd)
    ), cnt as (
      insert into run_counters (workspace_id, run_id, step, wave, state, shard, n)
      select ${workspaceId}, ${runId}, step, wave, ${from}, 0, -count(*)::int from upd group by step, wave
      on conflict (workspace_id, run_id, step, wave, state, shard) do update set n = run_counters.n + excluded.n
    )
    select count(*)::int as n from upd`;
  const queued = row?.n ?? 0;
  if (queued === 0) return 0;
  await sql`update waves w set status = 'released', done_at = null where w.workspace_id = ${workspaceId} and w.run_id = ${runId}
    and w.status = 'done' and exists (select 1 from batches b where b.workspace_id = w.workspace_id and b.run_id = w.run_id
    and b.wave = w.number and b.state = 'ready')`;
  return queued;
}
