import type { Tx } from '@/lib/db/client';
import type { ImportRow } from '@/lib/features/imports/row';
import { addressHashes } from '@/lib/features/suppressions/address-hash';

/** Whether anybody of the workspace was erased; if not, no address needs to be hashed. */
export async function hasErasures({ sql }: Tx, workspaceId: string): Promise<boolean> {
  const found = await sql`
    select 1 from suppressions where workspace_id = ${workspaceId} and channel in ('email', 'sms') and address is null
    limit 1`;
  return found.length > 0;
}

/** Refuses rows about people who asked to be forgotten: only a keyed hash of their address is left to know them by. */
export async function refuseErased({ sql }: Tx, workspaceId: string, rows: readonly ImportRow[]): Promise<void> {
  const byHash = new Map<string, ImportRow[]>();
  for (const row of rows) {
    const { email, phone } = row.values;
    const hashes = [...(email ? addressHashes('email', email) : []), ...(phone ? addressHashes('sms', phone) : [])];
    for (const hash of row.refused ? [] : hashes) byHash.set(hash, [...(byHash.get(hash) ?? []), row]);
  }
  const erased = await sql<{ hash: string }[]>`
    select address_hash as hash from suppressions
    where workspace_id = ${workspaceId} and channel in ('email', 'sms') and reason = 'erased'
      and address_hash = any(${[...byHash.keys()]}::text[])`;
  for (const row of erased.flatMap(({ hash }) => byHash.get(hash) ?? [])) {
    row.refused = true;
    const message = 'This person asked to be erased; the address cannot be imported again.';
    row.remarks = [{ column: null, code: 'erased', message }];
  }
}
