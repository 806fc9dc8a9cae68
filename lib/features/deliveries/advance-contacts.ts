import type { Tx } from '@/lib/db/client';
import { databaseNow } from '@/lib/db/clock';
import { hasDeliveries, nextStep } from '@/lib/domain/campaign';
import { RESENT_WAVE, REVIVABLE_SKIPS, type SkipReason } from '@/lib/domain/delivery';
import type { FrozenStep } from '@/lib/features/campaigns/frozen-version';
import { accountOf, type QueuingRun } from '@/lib/features/runs/load-run';

interface Position {
  workspaceId: string;
  runId: string;
  step: number;
  wave: number;
}

interface Settled {
  contactId: string;
  state: string;
}

const STOP_REASON: Record<string, SkipReason> = {
  failed: 'previous_step_failed',
  skipped: 'previous_step_skipped',
  expired: 'previous_step_failed',
  cancelled: 'previous_step_cancelled',
  in_doubt: 'previous_step_in_doubt',
};

/** Whether the rule of a step lets a contact whose delivery ended so go on. Doubt never does: it is not an answer. */
export function goesOn(step: { continueWhen: 'accepted' | 'settled' }, state: string): boolean {
  if (state === 'accepted') return true;
  return step.continueWhen === 'settled' && (state === 'failed' || state === 'skipped' || state === 'expired');
}

/** Whether nothing can follow a settled delivery of this batch: no later step, or a message sent again by a person. */
export function endsHere(run: QueuingRun, at: Pick<Position, 'step' | 'wave'>): boolean {
  return at.wave === RESENT_WAVE || !run.frozen.flow.some((step, index) => index > at.step && hasDeliveries(step));
}

/** Later deliveries of contacts that stop here exist too, as skipped rows that say why. */
async function closeLaterSteps(
  tx: Tx,
  run: QueuingRun,
  at: Position,
  reason: SkipReason,
  contactIds: string[],
): Promise<void> {
  const { sql } = tx;
  const later = run.frozen.flow.flatMap((step, index) => (index > at.step && hasDeliveries(step) ? [index] : []));
  if (later.length === 0) return;
  await sql`
    with batch as (
      insert into batches (workspace_id, run_id, step, wave, state, size)
      values (${at.workspaceId}, ${at.runId}, ${later[0] ?? 0}, ${at.wave}, 'done', ${contactIds.length * later.length}) returning id
    ), ins as (
      insert into deliveries (workspace_id, run_id, step, contact_id, batch_id, state, skip_reason, settled_at)
      select ${at.workspaceId}, ${at.runId}, s.step, c.id, batch.id, 'skipped', ${reason}, now()
      from batch, unnest(${contactIds}::text[]) c(id), unnest(${later}::smallint[]) s(step)
      on conflict (workspace_id, contact_id, run_id, step, repeat) do nothing
      returning id, step
    ), iss as (
      insert into delivery_issues (workspace_id, run_id, delivery_id, step, state, cause)
      select ${at.workspaceId}, ${at.runId}, id, step, 'skipped', ${reason} from ins
    )
    insert into run_counters (workspace_id, run_id, step, wave, state, shard, n)
    select ${at.workspaceId}, ${at.runId}, step, ${at.wave}, 'skipped', 0, count(*)::int from ins group by step
    on conflict (workspace_id, run_id, step, wave, state, shard) do update set n = run_counters.n + excluded.n`;
}

/** Skipped rows of the next step that only waited for this one go back into the queue. */
async function revive(tx: Tx, at: Position, next: number, batchId: string, contactIds: string[]): Promise<void> {
  await tx.sql`
    with upd as (
      update deliveries set state = 'queued', skip_reason = null, settled_at = null, batch_id = ${batchId}
      where workspace_id = ${at.workspaceId} and run_id = ${at.runId} and step = ${next} and resend_of is null
        and contact_id = any(${contactIds}::text[]) and state = 'skipped' and skip_reason = any(${[...REVIVABLE_SKIPS]}::text[])
      returning id
    ), gone as (
      delete from delivery_issues where delivery_id in (select id from upd)
    )
    insert into run_counters (workspace_id, run_id, step, wave, state, shard, n)
    select ${at.workspaceId}, ${at.runId}, ${next}, ${at.wave}, 'skipped', 0, -count(*)::int from upd having count(*) > 0
    on conflict (workspace_id, run_id, step, wave, state, shard) do update set n = run_counters.n + excluded.n`;
}

async function queueNext(tx: Tx, run: QueuingRun, at: Position, contactIds: string[], now: Date): Promise<void> {
  const { sql } = tx;
  const next = nextStep(run.frozen.flow, at.step + 1, now);
  if (!next) return;
  const [made] = await sql<{ batchId: string; n: number }[]>`
    with batch as (
      insert into batches (workspace_id, run_id, step, wave, state, provider_account_id, not_before, size)
      values (${at.workspaceId}, ${at.runId}, ${next.index}, ${at.wave}, 'ready', ${accountOf(next.step)}, ${next.notBefore},
              ${contactIds.length}) returning id
    ), ins as (
      insert into deliveries (workspace_id, run_id, step, contact_id, batch_id)
      select ${at.workspaceId}, ${at.runId}, ${next.index}, c.id, batch.id from batch, unnest(${contactIds}::text[]) c(id)
      on conflict (workspace_id, contact_id, run_id, step, repeat) do nothing returning 1
    )
    select (select id from batch) as "batchId", (select count(*)::int from ins) as n`;
  if (made && made.n < contactIds.length) await revive(tx, at, next.index, made.batchId, contactIds);
}

/**
 * Takes contacts whose delivery just settled to their next step: queued now or after the flow's waits, or closed with
 * the reason when the step's rule ends the flow for them.
 */
export async function advanceContacts(
  tx: Tx,
  run: QueuingRun,
  at: Position,
  step: FrozenStep,
  rows: readonly Settled[],
): Promise<void> {
  if (step.kind === 'wait' || at.wave === RESENT_WAVE) return;
  const on: string[] = [];
  const stopped = new Map<SkipReason, string[]>();
  for (const row of rows) {
    if (goesOn(step, row.state)) on.push(row.contactId);
    else {
      const reason =
        step.kind === 'condition' ? 'condition_not_met' : (STOP_REASON[row.state] ?? 'previous_step_failed');
      stopped.set(reason, [...(stopped.get(reason) ?? []), row.contactId]);
    }
  }
  if (on.length > 0) await queueNext(tx, run, at, on, databaseNow());
  for (const [reason, contactIds] of stopped) await closeLaterSteps(tx, run, at, reason, contactIds);
}
