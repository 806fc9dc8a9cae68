import { authorise, type Ctx } from '@/lib/context';
import { withSystemTx, withTx } from '@/lib/db/client';
import { hasDeliveries } from '@/lib/domain/campaign';
import { statesBefore } from '@/lib/domain/run';
import { AppError } from '@/lib/errors';
import { recordAudit } from '@/lib/features/history/record-audit';
import { loadRunIn } from '@/lib/features/runs/load-run';

const CHUNK = 20_000;

/** Ends a run for good: nothing more is sent; what was accepted stays accepted. Throws `conflict` once it has ended. */
export async function cancelRun(ctx: Ctx, runId: string, reason = 'Cancelled by hand.'): Promise<void> {
  authorise(ctx, 'runs.control');
  await withTx(ctx, async (tx) => {
    const rows = await tx.sql`
      update runs set status = 'cancelled', status_reason = ${reason}, completed_at = now()
      where workspace_id = ${ctx.workspaceId} and id = ${runId} and status = any(${statesBefore('cancelled')}::text[]) returning 1`;
    if (rows.length === 0)
      throw new AppError('conflict', 'This run has ended already, or does not exist. Nothing was changed.');
    await recordAudit(tx, ctx, { action: 'run.cancelled', subjectType: 'run', subjectId: runId, data: { reason } });
  });
}

/**
 * Writes the cancellation into the ledger, a chunk of the audience at a time: every delivery not yet settled and not on
 * the wire becomes cancelled, and steps never reached get their cancelled row, so that the books balance. True when done.
 */
export async function closeCancelledChunk(workspaceId: string, runId: string): Promise<boolean> {
  return withSystemTx(async (tx) => {
    const { sql } = tx;
    const [state] = await sql<{ status: string; audience: number | null }[]>`
      select status, audience_count as audience from runs where workspace_id = ${workspaceId} and id = ${runId} for update`;
    if (state?.status !== 'cancelled' || state.audience === null) return true;
    const run = await loadRunIn(tx, workspaceId, runId);
    const steps = run.frozen.flow.flatMap((step, index) =>
      hasDeliveries(step) && index >= run.fromStep ? [index] : [],
    );
    const [{ left } = { left: 0 }] = await sql<{ left: number }[]>`
      with onwire as (
        select unnest(i.delivery_ids) as id from intents i join batches b on b.id = i.batch_id
        where b.workspace_id = ${workspaceId} and b.run_id = ${runId} and i.closed_at is null
      ), owed as (
        select m.contact_id, m.wave, s.step from run_members m cross join unnest(${steps}::smallint[]) s(step)
        where m.workspace_id = ${workspaceId} and m.run_id = ${runId} and m.wave is not null and not exists (
          select 1 from deliveries d where d.workspace_id = m.workspace_id and d.run_id = m.run_id and d.step = s.step
            and d.contact_id = m.contact_id and d.resend_of is null and (d.state <> 'queued' or d.id in (select id from onwire)))
        limit ${CHUNK}
      ), batch as (
        insert into batches (workspace_id, run_id, step, wave, state, size)
        select ${workspaceId}, ${runId}, 0, 1, 'done', count(*)::int from owed having count(*) > 0 returning id
      ), ins as (
        insert into deliveries (workspace_id, run_id, step, contact_id, batch_id, state, settled_at)
        select ${workspaceId}, ${runId}, owed.step, owed.contact_id, batch.id, 'cancelled', now() from owed, batch
        on conflict (workspace_id, run_id, step, contact_id) where resend_of is null
        do update set state = 'cancelled', settled_at = now() where deliveries.state = 'queued' returning step, contact_id
      ), cnt as (
        insert into run_counters (workspace_id, run_id, step, wave, state, shard, n)
        select ${workspaceId}, ${runId}, ins.step, owed.wave, 'cancelled', 0, count(*)::int
        from ins join owed using (step, contact_id) group by ins.step, owed.wave
        on conflict (workspace_id, run_id, step, wave, state, shard) do update set n = run_counters.n + excluded.n
      )
      select count(*)::int as left from owed`;
    return left < CHUNK;
  });
}
