import type { Tx } from '@/lib/db/client';
import type { PendingEvent } from '@/lib/features/outcomes/fold-provider-events';
import { addressHash } from '@/lib/features/suppressions/address-hash';
import { newId } from '@/lib/ids';

export interface AddressToSuppress {
  workspaceId: string;
  channel: 'email' | 'sms';
  address: string;
  reason: 'bounce' | 'complaint' | 'unsubscribed';
  source: string;
}

/** Puts addresses on the suppression list; one that is there stays, and a complaint outranks a bounce. */
export async function suppressAddresses(tx: Tx, given: readonly AddressToSuppress[]): Promise<void> {
  const unique = new Map<string, AddressToSuppress & { hash: string }>();
  for (const entry of given) {
    const hash = addressHash(entry.channel, entry.address);
    const known = unique.get(`${entry.workspaceId}/${hash}`);
    if (!known || entry.reason === 'complaint') unique.set(`${entry.workspaceId}/${hash}`, { ...entry, hash });
  }
  const entries = [...unique.values()].sort((a, b) => (a.hash < b.hash ? -1 : 1));
  if (entries.length === 0) return;
  await tx.sql`
    insert into suppressions (id, workspace_id, channel, address, address_hash, reason, source)
    select * from unnest(${entries.map(() => newId('suppression'))}::text[],
      ${entries.map((entry) => entry.workspaceId)}::text[], ${entries.map((entry) => entry.channel)}::text[],
      ${entries.map((entry) => entry.address)}::text[], ${entries.map((entry) => entry.hash)}::text[],
      ${entries.map((entry) => entry.reason)}::text[], ${entries.map((entry) => entry.source)}::text[])
    on conflict (workspace_id, channel, address_hash) do update set reason = 'complaint', source = excluded.source
      where excluded.reason = 'complaint' and suppressions.reason = 'bounce'`;
}

/** A genuine report of a dead address or a complaint counts even when its delivery is not known (yet). */
export async function suppressReportedAddresses(tx: Tx, events: readonly PendingEvent[]): Promise<void> {
  await suppressAddresses(
    tx,
    events.flatMap(({ workspaceId, channel, type, raw }) => {
      const { address } = raw.match;
      const isDead = type === 'bounced_hard' || type === 'rejected_hard';
      if (!address || (!isDead && type !== 'complained')) return [];
      const reason = type === 'complained' ? 'complaint' : (raw.suppressAs ?? 'bounce');
      return [{ workspaceId, channel, address, reason, source: 'provider' }];
    }),
  );
}
