import type { Tx } from '@/lib/db/client';
import type { DeliveryState } from '@/lib/domain/delivery';
import type { ErrorClass } from '@/lib/domain/delivery-error';
import { advanceContacts } from '@/lib/features/deliveries/advance-contacts';
import { loadRunIn } from '@/lib/features/runs/load-run';
import { passAddressesOn, takeAddressBack } from '@/lib/features/runs/pass-addresses-on';

export interface Evidence {
  deliveryId: string;
  as: 'accepted' | 'failed';
  /** Where the certainty comes from: a late answer, a webhook, a receipt, a bounce, a look-up, a person. */
  source: string;
  providerMessageId?: string | null;
  errorClass?: ErrorClass;
  code?: string;
  text?: string;
}

/** States that evidence may still change; `queued` only towards accepted, when the proof is faster than our own answer. */
const OPEN_TO: Record<Evidence['as'], DeliveryState[]> = {
  accepted: ['in_doubt', 'failed', 'cancelled', 'expired', 'queued'],
  failed: ['in_doubt'],
};

interface Row {
  workspaceId: string;
  runId: string;
  contactId: string;
  step: number;
  wave: number;
  state: DeliveryState;
}

/**
 * Writes what evidence proves about a delivery, with counters, issues and history, and takes the contact on from there.
 * Who stood back for it because of a shared address is in the queue again if it was not sent.
 * Answers false when the delivery was already settled that way or may not change; repeating it is harmless.
 */
export async function resolveWithEvidence(tx: Tx, evidence: Evidence): Promise<boolean> {
  const { sql } = tx;
  const [row] = await sql<Row[]>`
    select d.workspace_id as "workspaceId", d.run_id as "runId", d.contact_id as "contactId", d.step, b.wave, d.state
    from deliveries d join batches b on b.id = d.batch_id where d.id = ${evidence.deliveryId} for update of d`;
  if (!row) return false;
  if (!OPEN_TO[evidence.as].includes(row.state)) {
    if (row.state === 'accepted' && evidence.providerMessageId) {
      await sql`update deliveries set provider_message_id = coalesce(provider_message_id, ${evidence.providerMessageId})
                where id = ${evidence.deliveryId}`;
    }
    return false;
  }
  const failed = evidence.as === 'failed';
  const run = await loadRunIn(tx, row.workspaceId, row.runId);
  const step = run.frozen.flow[row.step];
  const isMessage = run.seedOf === null && (step?.kind === 'email' || step?.kind === 'sms');
  await sql`
    update deliveries set state = ${evidence.as}, settled_at = now(), resolution = ${evidence.source},
      answer = ${failed ? null : (evidence.text ?? null)},
      history_id = case when ${isMessage && !failed} then nextval('interactions_id_seq') end,
      provider_message_id = coalesce(${evidence.providerMessageId ?? null}, provider_message_id),
      error_class = ${failed ? (evidence.errorClass ?? 'recipient') : null}::error_class,
      error_code = ${failed ? (evidence.code ?? 'rejected') : null},
      error_text = ${failed ? (evidence.text ?? 'The provider reports that it was not sent.') : null}
    where id = ${evidence.deliveryId}`;
  await moveCounter(tx, row, evidence.as);
  if (failed) {
    await sql`update delivery_issues set state = 'failed', at = now(),
      cause = ${`${evidence.errorClass ?? 'recipient'}:${evidence.code ?? 'rejected'}`} where delivery_id = ${evidence.deliveryId}`;
  } else {
    await sql`delete from delivery_issues where delivery_id = ${evidence.deliveryId}`;
  }
  if (!step) return true;
  if (failed && run.seedOf === null)
    await sql`
    insert into interactions (workspace_id, contact_id, type, step, delivery_id, run_id, data)
    values (${row.workspaceId}, ${row.contactId}, ${`${step.kind}.${evidence.as}`}, ${row.step}, ${evidence.deliveryId}, ${row.runId},
            ${JSON.stringify({ evidence: evidence.source, text: evidence.text ?? null })}::jsonb)`;
  if (!failed) await takeAddressBack(tx, run, evidence.deliveryId);
  else if (run.status !== 'cancelled') await passAddressesOn(tx, run, [evidence.deliveryId]);
  await advanceContacts(tx, run, row, step, [{ contactId: row.contactId, state: evidence.as }]);
  await wakeCompletedRun(tx, row.workspaceId, row.runId);
  return true;
}

/** Counters are deltas: the old state loses one, the new one gains one. */
export async function moveCounter(
  tx: Tx,
  row: { workspaceId: string; runId: string; step: number; wave: number; state: DeliveryState },
  to: DeliveryState,
): Promise<void> {
  const deltas = [
    { state: row.state, n: -1 },
    { state: to, n: 1 },
  ].filter((delta) => delta.state !== 'queued' && delta.state !== 'superseded');
  for (const delta of deltas) {
    await tx.sql`
      insert into run_counters (workspace_id, run_id, step, wave, state, shard, n)
      values (${row.workspaceId}, ${row.runId}, ${row.step}, ${row.wave}, ${delta.state}, 0, ${delta.n})
      on conflict (workspace_id, run_id, step, wave, state, shard) do update set n = run_counters.n + excluded.n`;
  }
}

/** A completed run that has queued deliveries again goes back to sending. */
export async function wakeCompletedRun(tx: Tx, workspaceId: string, runId: string): Promise<void> {
  await tx.sql`
    update runs r set status = 'sending', completed_at = null, last_progress_at = now()
    where r.workspace_id = ${workspaceId} and r.id = ${runId} and r.status = 'completed'
      and exists (select 1 from batches b where b.workspace_id = ${workspaceId} and b.run_id = ${runId} and b.state <> 'done'
                  and exists (select 1 from deliveries d where d.batch_id = b.id and d.state = 'queued'))`;
}
