import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { BATCH_SIZE } from '@/lib/domain/batch';
import { ERROR_CLASSES } from '@/lib/domain/delivery-error';
import { parseInput } from '@/lib/domain/parse-input';
import { AppError } from '@/lib/errors';
import { recordAudit } from '@/lib/features/history/record-audit';

export const retryFailedSchema = z.object({
  runId: z.string(),
  step: z.number().int().min(0).optional(),
  classes: z.array(z.enum(ERROR_CLASSES)).min(1).optional(),
  /** One cause as shown in the failure list, such as `recipient:550 5.1.1`. */
  cause: z.string().max(400).optional(),
});

/**
 * Puts failed deliveries of a run back into the queue with a fresh allowance of attempts; nothing that was accepted or is
 * in doubt is touched. Throws `conflict` when nothing matches or the run was cancelled.
 */
export async function retryFailed(ctx: Ctx, input: z.input<typeof retryFailedSchema>): Promise<{ queued: number }> {
  authorise(ctx, 'runs.control');
  const { runId, step, classes, cause } = parseInput(retryFailedSchema, input);
  return withTx(ctx, async (tx) => {
    const { sql } = tx;
    const [run] = await sql<{ status: string }[]>`
      select status from runs where workspace_id = ${ctx.workspaceId} and id = ${runId} for update`;
    if (!run) throw new AppError('not_found', 'This run does not exist.');
    if (run.status === 'cancelled')
      throw new AppError('conflict', 'The run was cancelled, so nothing of it is sent again.');
    const [row] = await sql<{ n: number }[]>`
      with picked as materialized (
        select d.id, d.step, b.wave, b.provider_account_id, (row_number() over (partition by d.step, b.wave order by d.id) - 1) / ${BATCH_SIZE} as part
        from delivery_issues i join deliveries d on d.id = i.delivery_id join batches b on b.id = d.batch_id
        where i.workspace_id = ${ctx.workspaceId} and i.run_id = ${runId} and i.state = 'failed' and d.state = 'failed'
          ${step === undefined ? sql`` : sql`and i.step = ${step}`}
          ${classes ? sql`and d.error_class = any(${classes}::error_class[])` : sql``}
          ${cause ? sql`and i.cause = ${cause}` : sql``}
      ), parts as (
        select step, wave, part, max(provider_account_id) as account, count(*)::int as size,
               row_number() over (order by step, wave, part) as k
        from picked group by 1, 2, 3
      ), made as (
        insert into batches (workspace_id, run_id, step, wave, state, provider_account_id, size)
        select ${ctx.workspaceId}, ${runId}, step, wave, 'ready', account, size from parts order by k returning id
      ), ids as (
        select id, row_number() over (order by id) as k from made
      ), upd as (
        update deliveries d set state = 'queued', settled_at = null, error_class = null, error_code = null, error_text = null,
          resolution = null, attempts_base = d.attempts, batch_id = ids.id
        from picked join parts on parts.step = picked.step and parts.wave = picked.wave and parts.part = picked.part
          join ids using (k)
        where d.id = picked.id and d.state = 'failed' returning d.id, d.step, picked.wave
      ), gone as (
        delete from delivery_issues where delivery_id in (select id from upd)
      ), cnt as (
        insert into run_counters (workspace_id, run_id, step, wave, state, shard, n)
        select ${ctx.workspaceId}, ${runId}, step, wave, 'failed', 0, -count(*)::int from upd group by step, wave
        on conflict (workspace_id, run_id, step, wave, state, shard) do update set n = run_counters.n + excluded.n
      )
      select count(*)::int as n from upd`;
    const queued = row?.n ?? 0;
    if (queued === 0) throw new AppError('conflict', 'Nothing failed here that could be retried. Nothing was changed.');
    await sql`update waves w set status = 'released', done_at = null where w.workspace_id = ${ctx.workspaceId} and w.run_id = ${runId}
      and w.status = 'done' and exists (select 1 from batches b where b.workspace_id = w.workspace_id and b.run_id = w.run_id
      and b.wave = w.number and b.state = 'ready')`;
    await sql`update runs set status = 'sending', completed_at = null, last_progress_at = now()
      where workspace_id = ${ctx.workspaceId} and id = ${runId} and status = 'completed'`;
    await recordAudit(tx, ctx, {
      action: 'run.retried',
      subjectType: 'run',
      subjectId: runId,
      data: { queued, step, classes, cause },
    });
    return { queued };
  });
}
