import { actorLabel, authorise, type Ctx } from '@/lib/context';
import { type Tx, withTx } from '@/lib/db/client';
import { type RunStatus, statesBefore } from '@/lib/domain/run';
import { AppError } from '@/lib/errors';
import { recordAudit } from '@/lib/features/history/record-audit';
import { announceRun } from '@/lib/features/runs/announce-run';

async function refuse(tx: Tx, ctx: Ctx, runId: string, wanted: string): Promise<never> {
  const [row] = await tx.sql<{ status: RunStatus }[]>`
    select status from runs where workspace_id = ${ctx.workspaceId} and id = ${runId}`;
  if (!row) throw new AppError('not_found', 'This run does not exist.');
  throw new AppError('conflict', `The run is ${row.status}, so it cannot be ${wanted}. Nothing was changed.`);
}

/** Stops a run within one group in flight; what is waiting stays queued. Throws `conflict` unless it is under way. */
export async function pauseRun(ctx: Ctx, runId: string, reason = 'Paused by hand.'): Promise<void> {
  authorise(ctx, 'runs.control');
  await withTx(ctx, async (tx) => {
    const rows = await tx.sql<{ id: string }[]>`
      update runs set status = 'paused', resume_status = status, paused_by = ${JSON.stringify(actorLabel(ctx))}::jsonb,
        status_reason = ${reason}, paused_account_id = null
      where workspace_id = ${ctx.workspaceId} and (id = ${runId} or seed_of = ${runId})
        and status = any(${statesBefore('paused')}::text[]) returning id`;
    if (!rows.some((row) => row.id === runId)) await refuse(tx, ctx, runId, 'paused');
    await recordAudit(tx, ctx, { action: 'run.paused', subjectType: 'run', subjectId: runId, data: { reason } });
    await announceRun(tx, ctx.workspaceId, runId, 'paused', reason);
  });
}

/** Lets a paused run go on exactly where it stopped. Throws `conflict` unless it is paused. */
export async function resumeRun(ctx: Ctx, runId: string): Promise<void> {
  authorise(ctx, 'runs.control');
  await withTx(ctx, async (tx) => {
    const rows = await tx.sql<{ id: string }[]>`
      update runs set status = resume_status, resume_status = null, paused_by = null, status_reason = null,
        paused_account_id = null, last_progress_at = now(),
        started_at = case when resume_status = 'scheduled' then started_at else coalesce(started_at, now()) end
      where workspace_id = ${ctx.workspaceId} and (id = ${runId} or seed_of = ${runId}) and status = 'paused' returning id`;
    if (!rows.some((row) => row.id === runId)) await refuse(tx, ctx, runId, 'resumed');
    await recordAudit(tx, ctx, { action: 'run.resumed', subjectType: 'run', subjectId: runId });
    await announceRun(tx, ctx.workspaceId, runId, 'resumed', 'The run goes on where it stopped.');
  });
}

/** Lets the next held wave go now, whatever the interval says. Throws `conflict` when none is held. */
export async function releaseNextWave(ctx: Ctx, runId: string): Promise<{ wave: number }> {
  authorise(ctx, 'runs.control');
  return withTx(ctx, async (tx) => {
    const [row] = await tx.sql<{ wave: number }[]>`
      with next as (
        select number from waves w where workspace_id = ${ctx.workspaceId} and run_id = ${runId} and status = 'held'
          and exists (select 1 from runs r where r.id = w.run_id and r.workspace_id = w.workspace_id
            and r.status = 'sending' and r.queued_at is not null)
        order by number limit 1 for update
      ), released as (
        update waves w set status = 'released', released_at = now(), released_by = ${actorLabel(ctx).name}
        from next where w.workspace_id = ${ctx.workspaceId} and w.run_id = ${runId} and w.number = next.number
      ), ready as (
        update batches b set state = 'ready', not_before = greatest(b.not_before, now()) from next
        where b.workspace_id = ${ctx.workspaceId} and b.run_id = ${runId} and b.wave = next.number and b.state = 'held'
      )
      select number as wave from next`;
    if (!row) throw new AppError('conflict', 'No wave is waiting to be released in this run. Nothing was changed.');
    await recordAudit(tx, ctx, {
      action: 'run.wave_released',
      subjectType: 'run',
      subjectId: runId,
      data: { wave: row.wave },
    });
    return row;
  });
}

/** Changes how fast a run may send, at any time; null lifts the limit. Takes effect with the next batch. */
export async function setRunRate(ctx: Ctx, runId: string, maxPerSecond: number | null): Promise<void> {
  authorise(ctx, 'runs.control');
  if (maxPerSecond !== null && !(maxPerSecond >= 0.1 && maxPerSecond <= 100_000)) {
    throw new AppError('invalid', 'The rate must be between 0.1 and 100,000 messages a second. Nothing was changed.');
  }
  await withTx(ctx, async (tx) => {
    const rows = await tx.sql`
      update runs set max_per_second = ${maxPerSecond} where workspace_id = ${ctx.workspaceId} and id = ${runId}
        and status in ('scheduled', 'queuing', 'sending', 'paused') returning 1`;
    if (rows.length === 0) await refuse(tx, ctx, runId, 'given another rate');
    await recordAudit(tx, ctx, {
      action: 'run.rate_changed',
      subjectType: 'run',
      subjectId: runId,
      data: { maxPerSecond },
    });
  });
}
