import { type Tx, withSystemTx } from '@/lib/db/client';
import { BATCH_SIZE } from '@/lib/domain/batch';
import type { ClaimedBatch } from '@/lib/features/deliveries/claim-batch';
import type { QueuingRun } from '@/lib/features/runs/load-run';

export interface Later {
  deliveryId: string;
  until: Date;
}

interface Job {
  run: Pick<QueuingRun, 'workspaceId' | 'timeZone'>;
  batch: ClaimedBatch;
  worker: string;
}

/**
 * Whether the batch is still ours, and the clock of the workspace the one by which hours were asked; both stay so until
 * the transaction ends. The workspace first, as whoever changes it does.
 */
async function isOurs({ sql }: Tx, { run, batch, worker }: Job, waitsFor: 'hours' | null): Promise<boolean> {
  if (waitsFor === 'hours') {
    const clock = await sql`
      select 1 from workspaces where id = ${run.workspaceId} and time_zone = ${run.timeZone} for key share`;
    if (clock.length === 0) return false;
  }
  const rows = await sql`
    select 1 from batches where id = ${batch.id} and fence = ${batch.fence} and lease_owner = ${worker} for no key update`;
  return rows.length > 0;
}

function byMoment(later: readonly Later[]): { until: Date; ids: string[] }[] {
  const moments = new Map<number, string[]>();
  for (const { deliveryId, until } of later) {
    moments.set(until.getTime(), [...(moments.get(until.getTime()) ?? []), deliveryId]);
  }
  return [...moments].map(([ms, ids]) => ({ until: new Date(ms), ids }));
}

/** Puts deliveries into a batch of their step that is due then: one that has room, or a new one. */
async function moveTo({ sql }: Tx, batch: ClaimedBatch, until: Date, ids: string[], waitsFor: 'hours' | null) {
  const [room] = await sql<{ id: string }[]>`
    select id from batches
    where run_id = ${batch.runId} and state = 'ready' and not_before = ${until} and step = ${batch.step} and wave = ${batch.wave}
      and waits_for is not distinct from ${waitsFor} and lease_owner is null and size + ${ids.length} <= ${BATCH_SIZE}
      and provider_account_id is not distinct from ${batch.providerAccountId}
    order by id limit 1 for update skip locked`;
  const [target] = room
    ? [room]
    : await sql<{ id: string }[]>`
        insert into batches (workspace_id, run_id, step, wave, state, provider_account_id, not_before, waits_for, size)
        values (${batch.workspaceId}, ${batch.runId}, ${batch.step}, ${batch.wave}, 'ready', ${batch.providerAccountId},
                ${until}, ${waitsFor}, 0) returning id`;
  if (!target) throw new Error('No batch to wait in was made');
  await sql`
    with moved as (
      update deliveries set batch_id = ${target.id}
      where id = any(${ids}::bigint[]) and batch_id = ${batch.id} and state = 'queued' returning 1
    )
    update batches set size = size + (select count(*)::int from moved) where id = ${target.id}`;
}

/**
 * Puts deliveries of a leased batch off, unspent; set by set, and those of the same moment together. Answers false, and
 * changes nothing, when the batch is no longer ours or the clock was changed since the hours were asked.
 */
export async function putOff(job: Job, later: readonly Later[], waitsFor: 'hours' | null = null): Promise<boolean> {
  return withSystemTx(async (tx) => {
    if (!(await isOurs(tx, job, waitsFor))) return false;
    for (const { until, ids } of byMoment(later)) await moveTo(tx, job.batch, until, ids, waitsFor);
    return true;
  });
}

/**
 * Puts a leased batch off until its hours open, as it is: of everybody in it nothing has left. Whenever it goes it is dated
 * anew. Where one clock decides for all, batches that nobody has taken yet need not be taken to learn the same. Answers
 * false, and changes nothing, when the batch is no longer ours or the clock was changed since the hours were asked.
 */
export async function putOffWhole(job: Job, size: number, until: Date, isSameForAll: boolean): Promise<boolean> {
  const { batch } = job;
  return withSystemTx(async (tx) => {
    if (!(await isOurs(tx, job, 'hours'))) return false;
    await tx.sql`
      update batches set not_before = greatest(not_before, ${until}), waits_for = 'hours', size = ${size}, dated_at = null
      where id = ${batch.id}`;
    if (!isSameForAll) return true;
    await tx.sql`
      update batches set not_before = ${until}, waits_for = 'hours' where id in (
        select id from batches where run_id = ${batch.runId} and state = 'ready' and step = ${batch.step}
          and not_before < ${until} and dated_at is null and lease_owner is null for update skip locked)`;
    return true;
  });
}
