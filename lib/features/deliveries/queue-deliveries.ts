import type { Ctx } from '@/lib/context';
import { pool, withTx } from '@/lib/db/client';
import { databaseNow } from '@/lib/db/clock';
import { crashPoint } from '@/lib/db/crash-point';
import { BATCH_SIZE } from '@/lib/domain/batch';
import { nextStep } from '@/lib/domain/campaign';
import { recordAudit } from '@/lib/features/history/record-audit';
import { announceRun } from '@/lib/features/runs/announce-run';
import { accountOf, type QueuingRun } from '@/lib/features/runs/load-run';

const CHUNK = 50_000;

/**
 * Makes the deliveries of the first step for one chunk of the audience, in held batches by wave. Rows and cursor commit
 * together. When all exist the run becomes `sending`, and only then can anything be claimed.
 */
export async function queueDeliveriesChunk(ctx: Ctx, run: QueuingRun): Promise<{ done: boolean; queued: number }> {
  const chunk = await withTx(ctx, async (tx) => {
    const { sql } = tx;
    const [state] = await sql<{ freezeCursor: string | null; freezeDone: number }[]>`
      select freeze_cursor as "freezeCursor", freeze_done as "freezeDone" from runs
      where workspace_id = ${run.workspaceId} and id = ${run.id} and status = 'queuing' for update`;
    if (!state?.freezeCursor?.startsWith('deliveries:')) return { done: true, queued: 0 };
    const cursor = state.freezeCursor.slice('deliveries:'.length);
    const first = nextStep(run.frozen.flow, run.fromStep, databaseNow());
    const step = first?.index ?? 0;
    const account = first ? accountOf(first.step) : null;
    const [chunk] = await sql<{ last: string | null; n: number }[]>`
      with page as materialized (
        select contact_id, wave, dense_rank() over (order by wave, part) as n
        from (select contact_id, wave, (row_number() over (partition by wave order by contact_id) - 1) / ${BATCH_SIZE} as part
              from (select contact_id, wave from run_members where workspace_id = ${run.workspaceId} and run_id = ${run.id}
                    and wave is not null and contact_id > ${cursor} order by contact_id limit ${CHUNK}) m) p
      ), made as (
        insert into batches (workspace_id, run_id, step, wave, state, provider_account_id, not_before, size)
        select ${run.workspaceId}, ${run.id}, ${step}, min(wave), 'held', ${account}, ${first?.notBefore ?? databaseNow()}, count(*)::int
        from page group by n order by n returning id
      ), ids as (
        -- looked up by position: a join of rows this young is planned badly
        select array_agg(id order by id) as nth from made
      ), ins as (
        insert into deliveries (workspace_id, run_id, step, contact_id, batch_id)
        select ${run.workspaceId}, ${run.id}, ${step}, contact_id, (select nth from ids)[n] from page order by contact_id
      )
      select max(contact_id) as last, count(*)::int as n from page`;
    crashPoint('in_queue');
    const queued = state.freezeDone + (chunk?.n ?? 0);
    if (chunk?.last) {
      await sql`
        update runs set freeze_cursor = ${`deliveries:${chunk.last}`}, freeze_done = ${queued}, last_progress_at = now()
        where workspace_id = ${run.workspaceId} and id = ${run.id}`;
      return { done: false, queued };
    }
    await sql`
      update runs set status = 'sending', queued_at = now(), last_progress_at = now()
      where workspace_id = ${run.workspaceId} and id = ${run.id} and status = 'queuing'`;
    await recordAudit(tx, ctx, { action: 'run.queued', subjectType: 'run', subjectId: run.id, data: { queued } });
    await announceRun(tx, run.workspaceId, run.id, 'started', `${queued} people are queued; sending begins.`);
    return { done: true, queued };
  });
  if (chunk.done && chunk.queued > 0) await pool()`analyze deliveries, batches`;
  return chunk;
}
