import type postgres from 'postgres';
import { bareArray, textArray } from '@/lib/db/bare-array';
import { pool } from '@/lib/db/client';
import type { SkipReason } from '@/lib/domain/delivery';
import { env } from '@/lib/env';
import type { ClaimedBatch } from '@/lib/features/deliveries/claim-batch';

export interface IntentRequest {
  channel: 'email' | 'sms';
  worker: string;
  providerAccountId: string;
  idempotencyKey: string;
  payloadSha256: string | null;
  /** When the hours end in which all of them may be written to, if there are any. */
  closesAt?: Date | null;
  members: { deliveryId: string; contactId: string; address: string }[];
}

export interface GrantedIntent {
  id: string;
  intentAt: Date;
  /** Deliveries that may go on the wire now, in the order asked. */
  deliveryIds: string[];
  skipped: { deliveryId: string; reason: SkipReason }[];
}

const stillOpen = (sql: postgres.Sql, closesAt: Date | null | undefined) =>
  closesAt ? sql`and clock_timestamp() < ${closesAt}` : sql``;

/**
 * Commits the intent to send a group, before its first byte leaves, and in the same statement checks lease, fence, run
 * status, suppressions, consent and the hours as they are now. Null means: stop, the batch or the run is no longer ours to send.
 *
 * The batch is locked against those who would take it over (`for update`), not against results of the same batch that are
 * being written (`for no key update`): waiting for those would leave the wire idle. It must stay ours for a while yet.
 */
export async function openIntent(batch: ClaimedBatch, request: IntentRequest): Promise<GrantedIntent | null> {
  const sql = pool();
  const email = request.channel === 'email';
  const optedOut = email ? sql`c.email_opted_out_at` : sql`c.sms_opted_out_at`;
  const consent = email ? sql`c.email_consent` : sql`c.sms_consent`;
  const [row] = await sql<
    {
      leased: boolean;
      id: string | null;
      intentAt: Date | null;
      ids: string[] | null;
      blocked: { id: string; reason: SkipReason }[] | null;
    }[]
  >`
    with lease as materialized (
      select b.id from batches b join runs r on r.id = b.run_id and r.status = 'sending'
      where b.id = ${batch.id} and b.fence = ${batch.fence} and b.lease_owner = ${request.worker}
        and b.lease_until > now() + ${env().WAYBILL_LEASE_MS} * interval '1 ms' / 4
        ${stillOpen(sql, request.closesAt)}
      for key share of b
    ), asked as (
      select * from unnest(${bareArray(request.members.map((m) => m.deliveryId))}::bigint[],
                           ${bareArray(request.members.map((m) => m.contactId))}::text[],
                           ${textArray(request.members.map((m) => m.address))}::text[]) with ordinality as t(id, contact_id, address, n)
    ), checked as (
      select a.id, a.n, case
        when c.id is null or c.erased_at is not null then 'erased'
        when c.do_not_market then 'do_not_market'
        when ${optedOut} is not null then 'global_opt_out'
        when ${consent} = 'revoked' then 'consent_revoked'
        when s.reason = 'complaint' then 'suppressed_complaint'
        when s.reason = 'bounce' then 'suppressed_bounce'
        when s.reason = 'unsubscribed' then 'global_opt_out'
        when s.reason is not null then 'suppressed_manual'
      end as reason
      from asked a
      left join contacts c on c.id = a.contact_id and c.workspace_id = ${batch.workspaceId}
      left join suppressions s on s.workspace_id = ${batch.workspaceId} and s.channel = ${request.channel} and s.address = a.address
    ), clear as (
      select array_agg(id order by n) as ids from checked where reason is null
    ), ins as (
      insert into intents (workspace_id, run_id, batch_id, fence, worker, provider_account_id, delivery_ids, idempotency_key, payload_sha256)
      select ${batch.workspaceId}, ${batch.runId}, ${batch.id}, ${batch.fence}, ${request.worker}, ${request.providerAccountId},
             clear.ids, ${request.idempotencyKey}, ${request.payloadSha256}
      from clear, lease where clear.ids is not null returning id, intent_at
    )
    select exists (select 1 from lease) as leased, (select id from ins) as id, (select intent_at from ins) as "intentAt",
           (select ids from clear where exists (select 1 from checked where reason is not null)) as ids,
           (select jsonb_agg(jsonb_build_object('id', id::text, 'reason', reason)) from checked where reason is not null) as blocked`;
  if (!row?.leased) return null;
  const skipped = (row.blocked ?? []).map((b) => ({ deliveryId: b.id, reason: b.reason }));
  if (!row.id || !row.intentAt) return { id: '', intentAt: new Date(), deliveryIds: [], skipped };
  const deliveryIds = row.ids ?? request.members.map((m) => m.deliveryId);
  return { id: row.id, intentAt: row.intentAt, deliveryIds, skipped };
}

/** Commits the intent to replay a group under its old key; false means the batch or the run is no longer ours. */
export async function reopenIntent(
  batch: ClaimedBatch,
  worker: string,
  intentId: string,
  closesAt: Date | null,
): Promise<boolean> {
  const sql = pool();
  const rows = await sql`
    with lease as (
      update batches b set lease_until = now() + ${env().WAYBILL_LEASE_MS} * interval '1 ms'
      from runs r where b.id = ${batch.id} and b.fence = ${batch.fence} and b.lease_owner = ${worker}
        and b.lease_until > now() and r.id = b.run_id and r.status = 'sending' ${stillOpen(sql, closesAt)}
      returning b.id
    )
    update intents i set fence = ${batch.fence}, worker = ${worker}, intent_at = now(), replays = i.replays + 1
    from lease where i.id = ${intentId} and i.closed_at is null returning i.id`;
  return rows.length > 0;
}
