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

type Report = { event: PendingEvent; address: string };

/** Everybody in the workspace with the address is out of the channel, once, with a line of history. */
async function optOutAddress(tx: Tx, { event, address }: Report): Promise<void> {
  const { sql } = tx;
  const { workspaceId, channel, at } = event;
  const [optedOut, column] = channel === 'email' ? ['email_opted_out_at', 'email'] : ['sms_opted_out_at', 'phone'];
  await sql`
    with upd as (
      update contacts set ${sql(optedOut)} = ${at}, updated_at = now()
      where workspace_id = ${workspaceId} and ${sql(column)} = ${address} and ${sql(optedOut)} is null returning id
    )
    insert into interactions (workspace_id, contact_id, at, type, data)
    select ${workspaceId}, id, ${at}, ${`${channel}.unsubscribed`},
           ${JSON.stringify({ via: 'reply', text: event.raw.text ?? null })}::jsonb from upd`;
}

function reasonOf({ type, raw }: PendingEvent): AddressToSuppress['reason'] | null {
  if (type === 'complained') return 'complaint';
  if (type === 'unsubscribed') return 'unsubscribed';
  return type === 'bounced_hard' || type === 'rejected_hard' ? (raw.suppressAs ?? 'bounce') : null;
}

/** A genuine report of a dead address, a complaint or a STOP counts even when its delivery is not known (yet). */
export async function suppressReportedAddresses(tx: Tx, events: readonly PendingEvent[]): Promise<void> {
  const reports = events.flatMap((event): (Report & { reason: AddressToSuppress['reason'] })[] => {
    const { address } = event.raw.match;
    const reason = reasonOf(event);
    return address && reason ? [{ event, address, reason }] : [];
  });
  for (const report of reports) if (report.reason === 'unsubscribed') await optOutAddress(tx, report);
  await suppressAddresses(
    tx,
    reports.map(({ event, address, reason }) => {
      const source = reason === 'unsubscribed' ? 'reply' : 'provider';
      return { workspaceId: event.workspaceId, channel: event.channel, address, reason, source };
    }),
  );
}
