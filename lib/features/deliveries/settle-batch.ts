import type postgres from 'postgres';
import { bareArray, sparseArray, textArray } from '@/lib/db/bare-array';
import { pool, type Tx, withSystemTx } from '@/lib/db/client';
import { crashPoint } from '@/lib/db/crash-point';
import type { FrozenStep } from '@/lib/features/campaigns/frozen-version';
import { advanceContacts, endsHere } from '@/lib/features/deliveries/advance-contacts';
import type { ClaimedBatch } from '@/lib/features/deliveries/claim-batch';
import type { Outcome } from '@/lib/features/deliveries/outcome';
import { recordRows } from '@/lib/features/deliveries/record-rows';
import { resolveWithEvidence } from '@/lib/features/deliveries/resolve-doubt';
import type { QueuingRun } from '@/lib/features/runs/load-run';

export interface SettleRequest {
  run: QueuingRun;
  batch: ClaimedBatch;
  worker: string;
  outcomes: Outcome[];
  /** Intents all of whose deliveries have a result in these or earlier outcomes. */
  closeIntents: string[];
}

export interface SettledDelivery {
  id: string;
  contactId: string;
  state: Exclude<Outcome['state'], 'retry'>;
}

const SHARDS = 4;

function shardOf(worker: string): number {
  let hash = 0;
  for (const char of worker) hash = (hash * 31 + char.charCodeAt(0)) % 65_521;
  return hash % SHARDS;
}

type Settling = Exclude<Outcome, { state: 'retry' }>;

/** ISO texts of times, most of which are the one before. */
function isoTexts(times: (Date | undefined)[]): (string | null)[] {
  let last: Date | undefined;
  let text: string | null = null;
  return times.map((time) => {
    if (time !== last) text = time?.toISOString() ?? null;
    last = time;
    return text;
  });
}

/**
 * One row per outcome, as columns for unnest. What is so of nearly all is null there, and costs nothing where it is so of
 * all: the state of what was accepted, its code, that it was attempted.
 */
function columnsOf(outcomes: Settling[]) {
  const attempt = (o: Settling) => (o.state === 'skipped' || o.state === 'expired' ? null : o);
  return {
    ids: bareArray(outcomes.map((o) => o.deliveryId)),
    states: sparseArray(outcomes.map((o) => (o.state === 'accepted' ? null : o.state))),
    classes: sparseArray(outcomes.map((o) => (o.state === 'failed' ? o.errorClass : null))),
    codes: textArray(outcomes.map((o) => (o.state === 'accepted' ? null : (attempt(o)?.code ?? null)))),
    texts: textArray(outcomes.map((o) => attempt(o)?.text ?? null)),
    providerIds: textArray(outcomes.map((o) => (o.state === 'accepted' ? o.providerMessageId : null))),
    skips: sparseArray(outcomes.map((o) => (o.state === 'skipped' ? o.reason : null))),
    unattempted: sparseArray(outcomes.map((o) => (attempt(o) && (o.state !== 'failed' || o.attempted) ? null : 1))),
    intents: sparseArray(outcomes.map((o) => attempt(o)?.intentId ?? null)),
    intentAts: sparseArray(isoTexts(outcomes.map((o) => attempt(o)?.intentAt))),
  };
}

/**
 * Moves deliveries to their settled state with attempts, history, counters and issues in one statement, and closes
 * `intents` in it if every one of them was written. What was accepted at the first attempt is told by its delivery alone.
 */
async function settleRows(
  sql: postgres.ISql,
  request: SettleRequest,
  outcomes: Settling[],
  kind: string,
  intents: string[],
): Promise<SettledDelivery[]> {
  const { batch, worker } = request;
  const c = columnsOf(outcomes);
  const shard = shardOf(worker);
  // what seed recipients get is no part of their history as customers
  const isMessage = (kind === 'email' || kind === 'sms') && request.run.seedOf === null;
  const [written] = await sql<{ n: number; ids: string | null }[]>`
    with lease as materialized (
      select id from batches where id = ${batch.id} and fence = ${batch.fence} and lease_owner = ${worker} for no key update
    ), r as (
      select id, coalesce(state, 'accepted') as state, class, code, txt, provider_id, skip, 1 - coalesce(unattempted, 0) as attempted,
        intent_id, intent_at
      from unnest(${c.ids}::bigint[], ${c.states}::delivery_state[], ${c.classes}::error_class[], ${c.codes}::text[],
        ${c.texts}::text[], ${c.providerIds}::text[], ${c.skips}::text[], ${c.unattempted}::smallint[], ${c.intents}::bigint[],
        ${c.intentAts}::timestamptz[])
        as t(id, state, class, code, txt, provider_id, skip, unattempted, intent_id, intent_at)
    ), upd as (
      update deliveries d set state = r.state, attempts = d.attempts + r.attempted, settled_at = now(), error_class = r.class,
        error_code = case when r.state in ('failed', 'in_doubt') then r.code end,
        error_text = case when r.state in ('failed', 'in_doubt') then r.txt end,
        answer = case when r.state = 'accepted' then r.txt end,
        history_id = case when r.state = 'accepted' and ${isMessage} then nextval('interactions_id_seq') end,
        provider_message_id = r.provider_id, skip_reason = r.skip, first_intent_at = coalesce(d.first_intent_at, r.intent_at)
      from r where d.id = r.id and d.state = 'queued' and (r.state = 'accepted' or exists (select 1 from lease))
      returning d.id, d.contact_id, d.state, d.attempts, r.class, r.code, r.txt, r.skip, r.attempted, r.intent_id, r.intent_at
    ), att as (
      insert into delivery_attempts (delivery_id, n, outcome, error_class, intent_id, intent_at, code, text)
      select id, attempts, case state when 'accepted' then 'accepted' when 'in_doubt' then 'unknown' else 'rejected' end,
             class, intent_id, intent_at, case state when 'accepted' then 'ok' else code end, txt
      from upd where attempted = 1 and (state <> 'accepted' or attempts > 1) on conflict do nothing
    ), hist as (
      insert into interactions (workspace_id, contact_id, type, step, delivery_id, run_id, data)
      select ${batch.workspaceId}, contact_id, ${kind} || '.' || state, ${batch.step}, id, ${batch.runId},
             case when state = 'skipped' then jsonb_build_object('reason', skip)
                  when state in ('failed', 'in_doubt') then jsonb_build_object('code', code, 'text', txt) end
      from upd where ${isMessage} and state <> 'accepted'
    ), by_state as materialized (
      select state, count(*)::int as n from upd group by state
    ), cnt as (
      insert into run_counters (workspace_id, run_id, step, wave, state, shard, n)
      select ${batch.workspaceId}, ${batch.runId}, ${batch.step}, ${batch.wave}, state, ${shard}, n from by_state
      on conflict (workspace_id, run_id, step, wave, state, shard) do update set n = run_counters.n + excluded.n
    ), rate as (
      insert into run_rates (workspace_id, run_id, at, step, state, shard, n)
      select ${batch.workspaceId}, ${batch.runId}, to_timestamp(floor(extract(epoch from now()) / 10) * 10), ${batch.step}, state,
             ${shard}, n from by_state
      on conflict (workspace_id, run_id, at, step, state, shard) do update set n = run_rates.n + excluded.n
    ), iss as (
      insert into delivery_issues (workspace_id, run_id, delivery_id, step, state, cause)
      select ${batch.workspaceId}, ${batch.runId}, id, ${batch.step}, state,
             coalesce(skip, class || ':' || coalesce(code, ''), code, state::text)
      from upd where state <> 'accepted'
      on conflict (delivery_id) do update set state = excluded.state, cause = excluded.cause, at = now()
    ), total as materialized (
      select coalesce(sum(n), 0)::int as n from by_state
    ), closed as (
      update intents set closed_at = now() where id = any(${bareArray(intents)}::bigint[]) and closed_at is null
        and (select n from total) = ${outcomes.length} and exists (select 1 from lease)
    )
    select n, case when n < ${outcomes.length} then (select string_agg(id::text, ',') from upd) end as ids from total`;
  // what was written is what was asked for: only what is missing needs to be told
  const ids = written?.n === outcomes.length ? null : new Set(written?.ids?.split(','));
  return outcomes.flatMap(({ deliveryId: id, contactId, state }) =>
    !ids || ids.has(id) ? [{ id, contactId, state }] : [],
  );
}

type Retry = Extract<Outcome, { state: 'retry' }>;

/** Puts deliveries back into the queue, in a new batch that is due later; each attempt is kept. */
async function requeue(tx: Tx, request: SettleRequest, retries: Retry[]): Promise<void> {
  const { sql } = tx;
  const { batch } = request;
  const bySecond = new Map<number, Retry[]>();
  for (const retry of retries) {
    // one batch for all that come due within ten seconds of each other
    const bucket = Math.ceil(retry.notBefore.getTime() / 10_000);
    bySecond.set(bucket, [...(bySecond.get(bucket) ?? []), retry]);
  }
  for (const group of bySecond.values()) {
    const dueMs = Math.min(...group.map((retry) => retry.notBefore.getTime()));
    await sql`
      with lease as materialized (
        select id, provider_account_id from batches
        where id = ${batch.id} and fence = ${batch.fence} and lease_owner = ${request.worker} for no key update
      ), made as (
        insert into batches (workspace_id, run_id, step, wave, state, provider_account_id, not_before, size)
        select ${batch.workspaceId}, ${batch.runId}, ${batch.step}, ${batch.wave}, 'ready', provider_account_id,
               ${new Date(dueMs)}, ${group.length} from lease returning id
      ), r as (
        select * from unnest(${group.map((o) => o.deliveryId)}::bigint[], ${group.map((o) => o.errorClass)}::error_class[],
          ${group.map((o) => o.code)}::text[], ${group.map((o) => o.text)}::text[], ${group.map((o) => (o.free ? 1 : 0))}::smallint[],
          ${group.map((o) => o.intentId)}::bigint[], ${group.map((o) => o.intentAt.toISOString())}::timestamptz[])
          as t(id, class, code, txt, free, intent_id, intent_at)
      ), upd as (
        update deliveries d set batch_id = made.id, attempts = d.attempts + 1, attempts_base = d.attempts_base + r.free,
          first_intent_at = coalesce(d.first_intent_at, r.intent_at)
        from r, made where d.id = r.id and d.state = 'queued' returning d.id, d.attempts
      )
      insert into delivery_attempts (delivery_id, n, outcome, error_class, intent_id, intent_at, code, text)
      select upd.id, upd.attempts, 'rejected', r.class, r.intent_id, r.intent_at, r.code, r.txt
      from upd join r using (id) on conflict do nothing`;
  }
}

/**
 * Settles outcomes of a batch in one transaction: state, attempts, history, counters, and the next step of every contact
 * whose rule allows it. Acceptance is written even when the lease is lost (evidence beats fences); everything else only
 * by the current holder. Calling it twice with the same outcomes changes nothing the second time.
 */
export async function settleBatch(request: SettleRequest): Promise<SettledDelivery[]> {
  const { run, batch, outcomes } = request;
  const step = run.frozen.flow[batch.step];
  if (!step) throw new Error(`Run ${run.id} has no step ${batch.step}`);
  const settling = outcomes.filter((o): o is Settling => o.state !== 'retry');
  const retries = outcomes.filter((o): o is Retry => o.state === 'retry');
  crashPoint('before_settle');
  const settled = await settleOutcomes(request, settling, retries, step);
  crashPoint('after_settle');
  return settled;
}

async function settleOutcomes(
  request: SettleRequest,
  settling: Settling[],
  retries: Retry[],
  step: FrozenStep,
): Promise<SettledDelivery[]> {
  const { run, batch, closeIntents } = request;
  if (settling.length === 0 || retries.length > 0 || step.kind === 'record' || !endsHere(run, batch)) {
    return settleInSteps(request, settling, retries, step);
  }
  // messages with nothing to follow, none to be tried again: one statement, if all of them are ours to write
  const rows = await settleRows(pool(), request, settling, step.kind, closeIntents);
  if (rows.length === settling.length) return rows;
  const written = new Set(rows.map(({ id }) => id));
  const left = settling.filter(({ deliveryId }) => !written.has(deliveryId));
  return [...rows, ...(await settleInSteps(request, left, retries, step))];
}

async function settleInSteps(
  request: SettleRequest,
  settling: Settling[],
  retries: Retry[],
  step: FrozenStep,
): Promise<SettledDelivery[]> {
  const { run, batch } = request;
  return withSystemTx(async (tx) => {
    const rows = settling.length > 0 ? await settleRows(tx.sql, request, settling, step.kind, []) : [];
    if (retries.length > 0) await requeue(tx, request, retries);
    if (step.kind === 'record' && rows.length > 0) await recordRows(tx, run, batch, step, rows);
    if (rows.length > 0) await advanceContacts(tx, run, batch, step, rows);
    if (request.closeIntents.length > 0) {
      // whoever took the batch over meanwhile must find what was on the wire: a doubt of ours was not written
      await tx.sql`
        with lease as materialized (
          select id from batches where id = ${batch.id} and fence = ${batch.fence} and lease_owner = ${request.worker}
          for no key update
        )
        update intents set closed_at = now()
        where id = any(${request.closeIntents}::bigint[]) and closed_at is null and exists (select 1 from lease)`;
    }
    const written = new Set(rows.map((row) => row.id));
    for (const outcome of settling) {
      if (outcome.state !== 'accepted' || written.has(outcome.deliveryId)) continue;
      await resolveWithEvidence(tx, {
        deliveryId: outcome.deliveryId,
        as: 'accepted',
        source: 'late answer of a worker',
        providerMessageId: outcome.providerMessageId,
        text: outcome.text,
      });
    }
    return rows;
  });
}
