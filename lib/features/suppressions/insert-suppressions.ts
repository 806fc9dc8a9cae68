import type { Tx } from '@/lib/db/client';
import { addressHash, type SuppressionChannel } from '@/lib/features/suppressions/address-hash';
import { newId } from '@/lib/ids';

export interface NewSuppression {
  channel: SuppressionChannel;
  /** Normalised; null keeps only the hash, which then must be given. */
  address: string | null;
  hash?: string;
  reason: 'bounce' | 'complaint' | 'manual' | 'unsubscribed' | 'erased';
  source: string;
  note: string | null;
}

/**
 * Adds suppressions in the caller's transaction, in the order given. One that is on record keeps its reason and source;
 * an erasure replaces everything but the hash.
 */
export async function insertSuppressions(
  { sql }: Pick<Tx, 'sql'>,
  workspaceId: string,
  entries: readonly NewSuppression[],
): Promise<{ id: string; added: boolean }[]> {
  const byKey = new Map(
    entries.map((entry) => {
      const hash = entry.hash ?? addressHash(entry.channel, entry.address ?? '');
      const address = entry.reason === 'erased' ? null : entry.address;
      return [`${entry.channel}:${hash}`, { ...entry, address, hash, id: newId('suppression') }];
    }),
  );
  const rows = [...byKey.values()];
  if (rows.length === 0) return [];
  const column = <T>(read: (row: (typeof rows)[number]) => T) => rows.map(read);
  return await sql<{ id: string; added: boolean }[]>`
    insert into suppressions as s (id, workspace_id, channel, address, address_hash, reason, source, note)
    select id, ${workspaceId}, channel, address, hash, reason, source, note
    from unnest(${column((one) => one.id)}::text[], ${column((one) => one.channel)}::text[],
      ${column((one) => one.address)}::text[], ${column((one) => one.hash)}::text[],
      ${column((one) => one.reason)}::text[], ${column((one) => one.source)}::text[], ${column((one) => one.note)}::text[])
      as t(id, channel, address, hash, reason, source, note)
    on conflict (workspace_id, channel, address_hash) do update set
      address = case when excluded.reason = 'erased' then null else s.address end,
      note = case when excluded.reason = 'erased' then null else s.note end,
      reason = case when excluded.reason = 'erased' then 'erased' else s.reason end,
      source = case when excluded.reason = 'erased' then excluded.source else s.source end
    returning id, xmax = 0 as added`;
}
