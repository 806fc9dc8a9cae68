import { type Tx, withSystemTx } from '@/lib/db/client';
import { hasDeliveries } from '@/lib/domain/campaign';
import { doubtAbandoned } from '@/lib/features/deliveries/doubt-abandoned';
import { loadRunIn } from '@/lib/features/runs/load-run';

const CHUNK = 20_000;

/**
 * Cancels queued deliveries of batches that nobody holds; answers how many. The fence is raised with it, so that a holder
 * whose lease ran out cannot begin anything more; one that is alive finds out at its next intent and gives the batch back.
 */
async function cancelQueued({ sql }: Tx, workspaceId: string, runId: string): Promise<number> {
  const [row] = await sql<{ n: number }[]>`
    with locked as materialized (
      select id from batches where workspace_id = ${workspaceId} and run_id = ${runId} and state <> 'done'
        and (lease_until is null or lease_until < now()) for update
    ), free as materialized (
      update batches b set fence = fence + 1, lease_owner = null, lease_until = null
      from locked where b.id = locked.id returning b.id, b.wave
    ), upd as (
      update deliveries d set state = 'cancelled', settled_at = now()
      from (select d.id, free.wave from free join deliveries d on d.batch_id = free.id
            where d.state = 'queued' limit ${CHUNK} for update of d) q
      where d.id = q.id and d.state = 'queued' returning d.step, q.wave
    ), cnt as (
      insert into run_counters (workspace_id, run_id, step, wave, state, shard, n)
      select ${workspaceId}, ${runId}, step, wave, 'cancelled', 0, count(*)::int from upd group by step, wave
      on conflict (workspace_id, run_id, step, wave, state, shard) do update set n = run_counters.n + excluded.n
    )
    select count(*)::int as n from upd`;
  return row?.n ?? 0;
}

/** Gives the steps a member never reached their cancelled row; answers how many were owed. */
async function cancelOwed({ sql }: Tx, workspaceId: string, runId: string, steps: number[]): Promise<number> {
  const [row] = await sql<{ n: number }[]>`
    with owed as materialized (
      select m.contact_id, m.wave, s.step from run_members m cross join unnest(${steps}::smallint[]) s(step)
      where m.workspace_id = ${workspaceId} and m.run_id = ${runId} and m.wave is not null and not exists (
        select 1 from deliveries d where d.workspace_id = m.workspace_id and d.run_id = m.run_id and d.step = s.step
          and d.contact_id = m.contact_id and d.resend_of is null)
      limit ${CHUNK}
    ), made as (
      insert into batches (workspace_id, run_id, step, wave, state, size)
      select ${workspaceId}, ${runId}, step, wave, 'done', count(*)::int from owed group by step, wave returning id, step, wave
    ), ins as (
      insert into deliveries (workspace_id, run_id, step, contact_id, batch_id, state, settled_at)
      select ${workspaceId}, ${runId}, owed.step, owed.contact_id, made.id, 'cancelled', now()
      from owed join made on made.step = owed.step and made.wave = owed.wave
      on conflict (workspace_id, contact_id, run_id, step, repeat) do nothing returning step, batch_id
    ), cnt as (
      insert into run_counters (workspace_id, run_id, step, wave, state, shard, n)
      select ${workspaceId}, ${runId}, made.step, made.wave, 'cancelled', 0, count(*)::int
      from ins join made on made.id = ins.batch_id group by made.step, made.wave
      on conflict (workspace_id, run_id, step, wave, state, shard) do update set n = run_counters.n + excluded.n
    )
    select count(*)::int as n from owed`;
  return row?.n ?? 0;
}

/** Marks what is finished as done; answers whether workers still hold something. */
async function closeBatches({ sql }: Tx, workspaceId: string, runId: string): Promise<boolean> {
  await sql`
    update batches b set state = 'done', lease_owner = null, lease_until = null
    where workspace_id = ${workspaceId} and run_id = ${runId} and state <> 'done'
      and not exists (select 1 from deliveries d where d.batch_id = b.id and d.state = 'queued')
      and not exists (select 1 from intents i where i.batch_id = b.id and i.closed_at is null)`;
  await sql`
    update waves w set status = 'done', done_at = now()
    where workspace_id = ${workspaceId} and run_id = ${runId} and status <> 'done' and not exists (
      select 1 from batches b where b.workspace_id = w.workspace_id and b.run_id = w.run_id and b.wave = w.number and b.state <> 'done')`;
  // once closed the sweep need not come back, unless evidence gives the run work again
  const closed = await sql`
    update runs r set freeze_cursor = 'closed' where workspace_id = ${workspaceId} and id = ${runId} and not exists (
      select 1 from batches b where b.workspace_id = r.workspace_id and b.run_id = r.id and b.state <> 'done')`;
  return closed.count === 0;
}

export type Closing = 'done' | 'more' | 'held';

/**
 * Writes the cancellation into the ledger, a chunk at a time: every delivery not yet settled becomes cancelled, and steps
 * never reached get their cancelled row, so that the books balance. What is on the wire is left to the answer of its
 * worker (`held`: come again); if that worker died it is in doubt.
 */
export async function closeCancelledChunk(workspaceId: string, runId: string): Promise<Closing> {
  await doubtAbandoned(workspaceId, runId);
  return withSystemTx(async (tx) => {
    const [state] = await tx.sql<{ status: string; audience: number | null }[]>`
      select status, audience_count as audience from runs where workspace_id = ${workspaceId} and id = ${runId} for update`;
    if (state?.status !== 'cancelled') return 'done';
    if (state.audience !== null) {
      if ((await cancelQueued(tx, workspaceId, runId)) === CHUNK) return 'more';
      const run = await loadRunIn(tx, workspaceId, runId);
      const steps = run.frozen.flow.flatMap((step, index) =>
        hasDeliveries(step) && index >= run.fromStep ? [index] : [],
      );
      if ((await cancelOwed(tx, workspaceId, runId, steps)) === CHUNK) return 'more';
    }
    return (await closeBatches(tx, workspaceId, runId)) ? 'held' : 'done';
  });
}
