import { pool } from '@/lib/db/client';
import type { ClaimedBatch, ClaimedDelivery } from '@/lib/features/deliveries/claim-batch';

/**
 * The deliveries whose address another contact of the run has, and which that contact's message of this step reaches
 * already: they are skipped. The first to come gets the address for the step (of those who come together, one who may be
 * written to), in the database, so that it holds among workers; a claim whose own message was skipped or failed passes on.
 * Asks nothing where nobody shares an address.
 */
export async function takenAddresses(
  batch: ClaimedBatch,
  channel: 'email' | 'sms',
  deliveries: readonly ClaimedDelivery[],
): Promise<Set<string>> {
  const sharing = deliveries.flatMap(({ id, contactId, email, phone, sharesAddress }) => {
    const address = channel === 'email' ? email : phone;
    return sharesAddress && address !== null ? [{ id, contactId, address }] : [];
  });
  if (sharing.length === 0) return new Set();
  const sql = pool();
  const [optedOut, consent] =
    channel === 'email' ? ['email_opted_out_at', 'email_consent'] : ['sms_opted_out_at', 'sms_consent'];
  // statement by statement: the second sees what others committed while the first waited for them
  const claimed = await sql<{ id: string }[]>`
    insert into run_addresses as k (workspace_id, run_id, step, address_hash, delivery_id)
    select ${batch.workspaceId}, ${batch.runId}, ${batch.step}, hash, (array_agg(id order by is_barred, id))[1]
    from (
      select a.id, hashtextextended(a.address, 0) as hash, c.id is null or c.erased_at is not null or c.do_not_market
        or c.${sql(optedOut)} is not null or c.${sql(consent)} = 'revoked' as is_barred
      from unnest(${sharing.map(({ id }) => id)}::bigint[], ${sharing.map(({ contactId }) => contactId)}::text[],
                  ${sharing.map(({ address }) => address)}::text[]) a(id, contact_id, address)
      left join contacts c on c.workspace_id = ${batch.workspaceId} and c.id = a.contact_id
    ) a group by hash order by hash
    on conflict (workspace_id, run_id, step, address_hash) do update set delivery_id = excluded.delivery_id
      where exists (select 1 from deliveries d where d.id = k.delivery_id and d.state in ('skipped', 'failed'))
    returning delivery_id::text as id`;
  const kept = await sql<{ id: string }[]>`
    select delivery_id::text as id from run_addresses
    where workspace_id = ${batch.workspaceId} and run_id = ${batch.runId} and step = ${batch.step}
      and delivery_id = any(${sharing.map(({ id }) => id)}::bigint[])`;
  const own = new Set([...claimed, ...kept].map(({ id }) => id));
  return new Set(sharing.flatMap(({ id }) => (own.has(id) ? [] : [id])));
}
