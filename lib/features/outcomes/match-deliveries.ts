import type { Tx } from '@/lib/db/client';
import type { StoredOutcome } from '@/lib/features/outcomes/record-outcome';

export interface UnmatchedEvent {
  id: string;
  workspaceId: string;
  channel: 'email' | 'sms';
  raw: StoredOutcome;
}

const MAX_DELIVERY_ID = 9_223_372_036_854_775_807n;

function isDeliveryId(text: string | undefined): boolean {
  return text !== undefined && /^\d{1,19}$/.test(text) && BigInt(text) <= MAX_DELIVERY_ID;
}

/** Candidates by the provider's message id, reached through the recipient so that the large table needs no index for it. */
async function byProviderMessageId(
  tx: Tx,
  channel: 'email' | 'sms',
  events: UnmatchedEvent[],
): Promise<[string, string][]> {
  if (events.length === 0) return [];
  const { sql } = tx;
  const address = channel === 'email' ? sql`c.email` : sql`c.phone`;
  const rows = await sql<{ event: string; delivery: string }[]>`
    select distinct on (e.id) e.id as event, d.id as delivery
    from unnest(${events.map((event) => event.id)}::bigint[], ${events.map((event) => event.workspaceId)}::text[],
                ${events.map((event) => event.raw.match.address ?? '')}::text[],
                ${events.map((event) => event.raw.match.providerMessageId ?? '')}::text[])
         as e(id, workspace_id, address, message_id)
    join contacts c on c.workspace_id = e.workspace_id and ${address} in (e.address, lower(e.address))
    join deliveries d on d.workspace_id = c.workspace_id and d.contact_id = c.id and d.provider_message_id = e.message_id`;
  return rows.map((row) => [row.event, row.delivery]);
}

/**
 * Finds the delivery each event speaks of: by our own number where the provider carried it, else by the provider's
 * message id among what its recipient was sent. A number of another workspace matches nothing.
 */
export async function matchDeliveries(tx: Tx, events: readonly UnmatchedEvent[]): Promise<Map<string, string>> {
  const named = events.filter((event) => isDeliveryId(event.raw.match.deliveryId));
  const matched = new Map<string, string>();
  if (named.length > 0) {
    const rows = await tx.sql<{ event: string; delivery: string }[]>`
      select e.id as event, d.id as delivery
      from unnest(${named.map((event) => event.id)}::bigint[], ${named.map((event) => event.workspaceId)}::text[],
                  ${named.map((event) => event.raw.match.deliveryId ?? '')}::bigint[]) as e(id, workspace_id, delivery_id)
      join deliveries d on d.id = e.delivery_id and d.workspace_id = e.workspace_id`;
    for (const row of rows) matched.set(row.event, row.delivery);
  }
  const rest = events.filter(({ id, raw }) => !matched.has(id) && raw.match.providerMessageId && raw.match.address);
  for (const channel of ['email', 'sms'] as const) {
    const found = await byProviderMessageId(
      tx,
      channel,
      rest.filter((event) => event.channel === channel),
    );
    for (const [event, delivery] of found) matched.set(event, delivery);
  }
  return matched;
}
