import type postgres from 'postgres';
import { pool } from '@/lib/db/client';
import { env } from '@/lib/env';

export interface ClaimedBatch {
  id: string;
  workspaceId: string;
  runId: string;
  step: number;
  wave: number;
  fence: number;
  providerAccountId: string | null;
  datedAt: Date;
  /** By the database's clock. */
  claimedAt: Date;
}

export interface ClaimedDelivery {
  id: string;
  contactId: string;
  attempts: number;
  attemptsBase: number;
  email: string | null;
  phone: string | null;
  /** Another member of the run has the address of a later step too. */
  sharesAddress: boolean;
  snapshot: Record<string, unknown>;
}

export interface OpenIntent {
  id: string;
  deliveryIds: string[];
  idempotencyKey: string;
  payloadSha256: string | null;
  firstIntentAt: Date;
  intentAt: Date;
  replays: number;
}

const returned = (
  sql: postgres.Sql,
) => sql`b.id, b.workspace_id as "workspaceId", b.run_id as "runId", b.step, b.wave, b.fence,
  b.provider_account_id as "providerAccountId", b.dated_at as "datedAt", now() as "claimedAt"`;

/**
 * Leases the next due batch of a sending run to `worker`, or answers null. A batch is free when nobody holds it or its
 * lease ran out by the database's clock; taking it raises its fence, which ends the former holder's rights.
 */
export async function claimBatch(runId: string, worker: string): Promise<ClaimedBatch | null> {
  const sql = pool();
  const [batch] = await sql<ClaimedBatch[]>`
    with next as (
      select b.id from batches b
      join runs r on r.id = b.run_id and r.status = 'sending'
      left join provider_accounts a on a.id = b.provider_account_id
      where b.run_id = ${runId} and b.state = 'ready' and b.not_before <= now()
        and (b.lease_until is null or b.lease_until < now())
        and (a.id is null or a.breaker_retry_at is null or a.breaker_retry_at <= now())
      order by b.not_before, b.id limit 1 for update of b skip locked
    )
    update batches b set lease_owner = ${worker}, lease_until = now() + ${env().WAYBILL_LEASE_MS} * interval '1 ms',
      fence = b.fence + 1, dated_at = coalesce(b.dated_at, date_trunc('second', now())), waits_for = null
    from next where b.id = next.id
    returning ${returned(sql)}`;
  return batch ?? null;
}

/** Takes over a batch of a cancelled run whose holder died with messages on the wire, or answers null. */
export async function claimAbandonedBatch(runId: string, by: string): Promise<ClaimedBatch | null> {
  const [batch] = await pool()<ClaimedBatch[]>`
    with next as (
      select b.id from batches b join runs r on r.id = b.run_id and r.status = 'cancelled'
      where b.run_id = ${runId} and b.state = 'ready' and (b.lease_until is null or b.lease_until < now())
        and exists (select 1 from intents i where i.batch_id = b.id and i.closed_at is null)
      order by b.id limit 1 for update of b skip locked
    )
    update batches b set lease_owner = ${by}, lease_until = now() + ${env().WAYBILL_LEASE_MS} * interval '1 ms',
      fence = b.fence + 1, dated_at = coalesce(b.dated_at, date_trunc('second', now()))
    from next where b.id = next.id
    returning ${returned(pool())}`;
  return batch ?? null;
}

export interface LoadedBatch {
  deliveries: ClaimedDelivery[];
  open: OpenIntent[];
}

/** The unsettled deliveries of a batch with what rendering needs, and intents an earlier holder left open. */
export async function loadBatch(batch: ClaimedBatch): Promise<LoadedBatch> {
  const sql = pool();
  const [deliveries, open] = await Promise.all([
    sql<ClaimedDelivery[]>`
      select d.id, d.contact_id as "contactId", d.attempts, d.attempts_base as "attemptsBase", m.email, m.phone,
             m.shares_address as "sharesAddress",
             coalesce(m.snapshot, '{}'::jsonb) as snapshot
      from deliveries d join run_members m
        on m.workspace_id = d.workspace_id and m.run_id = d.run_id and m.contact_id = d.contact_id
      where d.batch_id = ${batch.id} and d.state = 'queued' order by d.id`,
    sql<OpenIntent[]>`
      select id, delivery_ids as "deliveryIds", idempotency_key as "idempotencyKey", payload_sha256 as "payloadSha256",
             first_intent_at as "firstIntentAt", intent_at as "intentAt", replays
      from intents where batch_id = ${batch.id} and closed_at is null order by id`,
  ]);
  return { deliveries: [...deliveries], open: [...open] };
}

/** Gives a batch back: done when nothing in it is queued any more, otherwise free for the next claim at `notBefore`. */
export async function releaseBatch(batch: ClaimedBatch, worker: string, notBefore: Date | null): Promise<void> {
  await pool()`
    update batches b set lease_owner = null, lease_until = null,
      state = case when exists (select 1 from deliveries d where d.batch_id = b.id and d.state = 'queued')
              then 'ready' else 'done' end,
      not_before = greatest(b.not_before, ${notBefore}::timestamptz)
    where b.id = ${batch.id} and b.fence = ${batch.fence} and b.lease_owner = ${worker} and b.state = 'ready'`;
}

/** Keeps a lease while its messages wait for slow answers; harmless once it is lost. */
export async function renewLease(batch: ClaimedBatch, worker: string): Promise<void> {
  await pool()`
    update batches set lease_until = now() + ${env().WAYBILL_LEASE_MS} * interval '1 ms'
    where id = ${batch.id} and fence = ${batch.fence} and lease_owner = ${worker} and lease_until > now()`;
}
