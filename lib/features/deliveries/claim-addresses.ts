import { pool } from '@/lib/db/client';
import type { ClaimedBatch, ClaimedDelivery } from '@/lib/features/deliveries/claim-batch';

export interface SharedAddresses {
  /** Another contact's message of this step has reached the address, or may have: these are skipped. */
  taken: Set<string>;
  /** Whether another contact's message reaches the address is not known yet: these are decided when it is. */
  undecided: Undecided[];
}

export interface Undecided {
  deliveryId: string;
  /** When to ask again; null where the other one is in this very batch. */
  until: Date | null;
}

/** How long after its own time the message of another is asked about again. */
const ASK_AGAIN_SECONDS = 1;

/**
 * Finds out who of those that share an address with another contact of the run has to stand back. The first to come gets
 * the address for the step (of those who come together, one who may be written to), in the database, so that it holds among
 * workers. A claim whose own message was skipped, failed or expired passes on, so nobody stands back for one who got nothing. Asks
 * nothing where nobody shares an address.
 */
export async function sharedAddresses(
  batch: ClaimedBatch,
  channel: 'email' | 'sms',
  deliveries: readonly ClaimedDelivery[],
): Promise<SharedAddresses> {
  const sharing = deliveries.flatMap(({ id, contactId, email, phone, sharesAddress }) => {
    const address = channel === 'email' ? email : phone;
    return sharesAddress && address !== null ? [{ id, contactId, address }] : [];
  });
  if (sharing.length === 0) return { taken: new Set(), undecided: [] };
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
      where exists (select 1 from deliveries d where d.id = k.delivery_id and d.state in ('skipped', 'failed', 'expired'))
    returning delivery_id::text as id`;
  const won = new Set(claimed.map(({ id }) => id));
  const others = sharing.filter(({ id }) => !won.has(id));
  if (others.length === 0) return { taken: new Set(), undecided: [] };
  const holders = await sql<{ id: string; isOwn: boolean; isSettled: boolean; until: Date | null }[]>`
    select a.id::text, k.delivery_id = a.id as "isOwn", d.state not in ('queued', 'skipped', 'failed', 'expired') as "isSettled",
      case when d.batch_id <> ${batch.id}
        then date_trunc('second', greatest(b.not_before, now())) + ${ASK_AGAIN_SECONDS} * interval '1 second' end as until
    from unnest(${others.map(({ id }) => id)}::bigint[], ${others.map(({ address }) => address)}::text[]) a(id, address)
    join run_addresses k on k.workspace_id = ${batch.workspaceId} and k.run_id = ${batch.runId} and k.step = ${batch.step}
      and k.address_hash = hashtextextended(a.address, 0)
    join deliveries d on d.id = k.delivery_id join batches b on b.id = d.batch_id`;
  const theirs = holders.filter(({ isOwn }) => !isOwn);
  return {
    taken: new Set(theirs.flatMap(({ id, isSettled }) => (isSettled ? [id] : []))),
    undecided: theirs.flatMap(({ id, isSettled, until }) => (isSettled ? [] : [{ deliveryId: id, until }])),
  };
}
