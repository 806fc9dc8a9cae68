import { type Ctx, systemCtx } from '@/lib/context';
import type { Tx } from '@/lib/db/client';
import { recordAudit } from '@/lib/features/history/record-audit';
import type { Recipient } from '@/lib/features/tracking/find-recipient';

/** How a wish reached us; kept as evidence with the request it came in. */
export interface WishEvidence {
  via: 'one_click' | 'unsubscribe_page' | 'preference_page';
  ip: string | null;
  userAgent: string | null;
}

export function wishCtx(recipient: Recipient, evidence: WishEvidence): Ctx {
  return systemCtx(recipient.workspaceId, evidence.via.replace('_', ' '));
}

/**
 * Opts the contact, and whoever shares the address the message went to, out of the channel. The next intent sees it.
 * Answers whether anything changed; a repeated wish changes nothing and adds no history.
 */
export async function optOut(tx: Tx, recipient: Recipient, evidence: WishEvidence): Promise<boolean> {
  const { sql } = tx;
  const { workspaceId, contactId, channel, address, deliveryId, runId, step } = recipient;
  const column = sql(channel === 'email' ? 'email_opted_out_at' : 'sms_opted_out_at');
  const addressColumn = sql(channel === 'email' ? 'email' : 'phone');
  const data = { ...evidence, campaign: recipient.campaignName };
  const changed = await sql<{ id: string }[]>`
    with upd as (
      update contacts set ${column} = now(), updated_at = now()
      where workspace_id = ${workspaceId} and ${column} is null and erased_at is null
        and (id = ${contactId} or (${address}::text is not null and ${addressColumn} = ${address}))
      returning id
    )
    insert into interactions (workspace_id, contact_id, type, step, delivery_id, run_id, data)
    select ${workspaceId}, id, ${`${channel}.unsubscribed`}, ${step}, ${deliveryId}, ${runId},
           ${JSON.stringify(data)}::jsonb from upd returning contact_id as id`;
  await sql`update deliveries set unsubscribed_at = now() where id = ${deliveryId} and unsubscribed_at is null`;
  if (changed.length === 0) return false;
  await recordAudit(tx, wishCtx(recipient, evidence), {
    action: 'contact.unsubscribed',
    subjectType: 'contact',
    subjectId: contactId,
    data: { channel, via: evidence.via, deliveryId, contacts: changed.length },
  });
  return true;
}

/** Takes an opt-out of this contact back at its own wish, given on the page that only the addressee can open. */
export async function optIn(tx: Tx, recipient: Recipient, evidence: WishEvidence): Promise<boolean> {
  const { sql } = tx;
  const { workspaceId, contactId, channel, deliveryId, runId, step } = recipient;
  const column = sql(channel === 'email' ? 'email_opted_out_at' : 'sms_opted_out_at');
  const changed = await sql`
    update contacts set ${column} = null, updated_at = now()
    where workspace_id = ${workspaceId} and id = ${contactId} and ${column} is not null and erased_at is null`;
  if (changed.count === 0) return false;
  await sql`
    insert into interactions (workspace_id, contact_id, type, step, delivery_id, run_id, data)
    values (${workspaceId}, ${contactId}, ${`${channel}.resubscribed`}, ${step}, ${deliveryId}, ${runId},
            ${JSON.stringify(evidence)}::jsonb)`;
  await recordAudit(tx, wishCtx(recipient, evidence), {
    action: 'contact.resubscribed',
    subjectType: 'contact',
    subjectId: contactId,
    data: { channel, via: evidence.via, deliveryId },
  });
  return true;
}
