import { type Tx, withSystemTx } from '@/lib/db/client';
import { BATCH_SIZE } from '@/lib/domain/batch';
import type { ClaimedBatch, ClaimedDelivery } from '@/lib/features/deliveries/claim-batch';

export interface Held {
  delivery: ClaimedDelivery;
  until: Date;
}

/** Whether the batch is still ours; it stays so until the transaction ends. */
async function isOurs({ sql }: Tx, batch: ClaimedBatch, worker: string): Promise<boolean> {
  const rows = await sql`
    select 1 from batches where id = ${batch.id} and fence = ${batch.fence} and lease_owner = ${worker} for no key update`;
  return rows.length > 0;
}

/** Puts deliveries into a batch of their step that waits until then: one that has room, or a new one. */
async function moveTo({ sql }: Tx, batch: ClaimedBatch, until: Date, ids: string[]): Promise<void> {
  const [room] = await sql<{ id: string }[]>`
    select id from batches
    where run_id = ${batch.runId} and state = 'ready' and not_before = ${until} and step = ${batch.step} and wave = ${batch.wave}
      and waits_for = 'hours' and lease_owner is null and size + ${ids.length} <= ${BATCH_SIZE}
      and provider_account_id is not distinct from ${batch.providerAccountId}
    order by id limit 1 for update skip locked`;
  const [target] = room
    ? [room]
    : await sql<{ id: string }[]>`
        insert into batches (workspace_id, run_id, step, wave, state, provider_account_id, not_before, waits_for, size)
        values (${batch.workspaceId}, ${batch.runId}, ${batch.step}, ${batch.wave}, 'ready', ${batch.providerAccountId},
                ${until}, 'hours', 0) returning id`;
  if (!target) throw new Error('No batch to wait in was made');
  await sql`
    with moved as (
      update deliveries set batch_id = ${target.id}
      where id = any(${ids}::bigint[]) and batch_id = ${batch.id} and state = 'queued' returning 1
    )
    update batches set size = size + (select count(*)::int from moved) where id = ${target.id}`;
}

/** Nothing of the batch may leave before: it waits as it is, and whenever it goes it is dated anew. */
async function putOff({ sql }: Tx, batch: ClaimedBatch, until: Date, size: number): Promise<void> {
  await sql`
    update batches set not_before = greatest(not_before, ${until}), waits_for = 'hours', size = ${size}, dated_at = null
    where id = ${batch.id}`;
}

/** Where one clock decides about everybody, what nobody has taken yet need not be taken to learn the same. */
async function putOffSiblings({ sql }: Tx, batch: ClaimedBatch, until: Date): Promise<void> {
  await sql`
    update batches set not_before = ${until}, waits_for = 'hours' where id in (
      select id from batches where run_id = ${batch.runId} and state = 'ready' and step = ${batch.step}
        and not_before < ${until} and dated_at is null and lease_owner is null for update skip locked)`;
}

/**
 * Has deliveries of a leased batch wait, unspent, until they may be sent; set by set, whatever the number of zones. Those
 * who may be written to at the same time come to lie in the same batches. Answers false, and changes nothing, when the
 * batch is no longer ours.
 */
export async function holdForHours(
  batch: ClaimedBatch,
  worker: string,
  held: readonly Held[],
  /** Nothing else is left in the batch, not even an intent; and for whom the same clock decides. */
  { isWhole, isSameForAll }: { isWhole: boolean; isSameForAll: boolean },
): Promise<boolean> {
  const byMoment = new Map<number, string[]>();
  for (const { delivery, until } of held) {
    byMoment.set(until.getTime(), [...(byMoment.get(until.getTime()) ?? []), delivery.id]);
  }
  return withSystemTx(async (tx) => {
    if (!(await isOurs(tx, batch, worker))) return false;
    const [first, ...others] = [...byMoment].map(([ms, ids]) => ({ until: new Date(ms), ids }));
    if (first && others.length === 0 && isWhole) {
      await putOff(tx, batch, first.until, first.ids.length);
      if (isSameForAll) await putOffSiblings(tx, batch, first.until);
      return true;
    }
    for (const { until, ids } of first ? [first, ...others] : []) await moveTo(tx, batch, until, ids);
    return true;
  });
}
