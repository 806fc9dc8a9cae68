import type { Tx } from '@/lib/db/client';
import { addressChannelOf } from '@/lib/domain/campaign';
import { readInMemory } from '@/lib/features/audience/count-audience';
import type { FreezingRun } from '@/lib/features/audience/freezing-run';

type Channel = 'email' | 'sms';

const columnOf = ({ sql }: Tx, channel: Channel) => sql(channel === 'email' ? 'email' : 'phone');

function membersWith(tx: Tx, run: FreezingRun, channel: Channel) {
  return tx.sql`run_members where workspace_id = ${run.workspaceId} and run_id = ${run.id} and wave is not null
    and ${columnOf(tx, channel)} is not null`;
}

/** Hashes of the addresses that more than one member has: a million fit into memory, and hardly any is there twice. */
async function hashesOfShared(tx: Tx, run: FreezingRun, channel: Channel): Promise<string[]> {
  await readInMemory(tx);
  const [row] = await tx.sql<{ hashes: string[] | null }[]>`
    select array_agg(h::text) as hashes from (
      select hashtextextended(${columnOf(tx, channel)}, 0) as h from ${membersWith(tx, run, channel)}
      group by 1 having count(*) > 1
    ) d`;
  return row?.hashes ?? [];
}

/** Later members with an address of the first channel that an earlier member has already become excluded rows. */
export async function excludeDuplicateAddresses(tx: Tx, run: FreezingRun): Promise<void> {
  const channel = addressChannelOf(run.frozen.flow, run.fromStep);
  if (!channel) return;
  const hashes = await hashesOfShared(tx, run, channel);
  if (hashes.length === 0) return;
  const { sql } = tx;
  const column = columnOf(tx, channel);
  // found first, written by key after: the planner knows nothing yet of rows this young and must not join them
  const [later] = await sql<{ ids: string[] | null }[]>`
    select array_agg(contact_id) as ids from (
      select contact_id, row_number() over (partition by ${column} order by contact_id) as n
      from ${membersWith(tx, run, channel)}
        and hashtextextended(${column}, 0) in (select unnest(${hashes}::text[]::bigint[]))
    ) m where n > 1`;
  if (!later?.ids) return;
  await sql`
    update run_members set wave = null, exclusion = 'duplicate_address', email = null, phone = null, snapshot = null
    where workspace_id = ${run.workspaceId} and run_id = ${run.id} and contact_id = any(${later.ids}::text[])`;
}

/** Channels that only later steps use: which of the people with one address still gets there is not known yet. */
function laterChannels(run: FreezingRun): Channel[] {
  const first = addressChannelOf(run.frozen.flow, run.fromStep);
  const kinds = new Set(run.frozen.flow.slice(run.fromStep).map(({ kind }) => kind));
  return (['email', 'sms'] as const).filter((channel) => first && channel !== first && kinds.has(channel));
}

/** Marks the members who share an address of a later channel, so that each of those steps decides when it sends. */
export async function markSharedAddresses(tx: Tx, run: FreezingRun): Promise<void> {
  for (const channel of laterChannels(run)) {
    const hashes = await hashesOfShared(tx, run, channel);
    if (hashes.length === 0) continue;
    await tx.sql`
      update run_members set shares_address = true
      where workspace_id = ${run.workspaceId} and run_id = ${run.id} and wave is not null and not shares_address
        and hashtextextended(${columnOf(tx, channel)}, 0) in (select unnest(${hashes}::text[]::bigint[]))`;
  }
}

/** Marks every member so far: with whom they share an address is not known before everybody is in. */
export async function markAllAsSharing(tx: Tx, run: FreezingRun): Promise<void> {
  if (laterChannels(run).length === 0) return;
  await tx.sql`
    update run_members set shares_address = true
    where workspace_id = ${run.workspaceId} and run_id = ${run.id} and wave is not null`;
}
