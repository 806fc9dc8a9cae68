import { type Tx, withSystemTx } from '@/lib/db/client';
import { recordAudit } from '@/lib/features/history/record-audit';
import { findRecipient, type Recipient } from '@/lib/features/tracking/find-recipient';
import { optIn, optOut, type WishEvidence, wishCtx } from '@/lib/features/tracking/set-opt-out';

export interface PreferenceList {
  id: string;
  name: string;
  description: string | null;
  isSubscribed: boolean;
}

export interface Preferences {
  recipient: Recipient;
  lists: PreferenceList[];
}

async function listsOf({ sql }: Tx, recipient: Recipient): Promise<PreferenceList[]> {
  return await sql<PreferenceList[]>`
    select l.id, l.name, l.description, s.status = 'subscribed' as "isSubscribed"
    from subscriptions s join lists l on l.id = s.list_id
    where s.workspace_id = ${recipient.workspaceId} and s.contact_id = ${recipient.contactId} and l.archived_at is null
    order by lower(l.name), l.id limit 100`;
}

/** What a contact gets from this workspace: the lists it was ever on, and whether the channel is on at all. */
export async function readPreferences(token: string): Promise<Preferences | null> {
  return withSystemTx(async (tx) => {
    const recipient = await findRecipient(tx, token);
    return recipient && { recipient, lists: await listsOf(tx, recipient) };
  });
}

export interface PreferenceWish {
  /** Off ends every message of this channel, whatever the lists say. */
  wantsMessages: boolean;
  /** The lists to be on; all others the contact knows are left. Ignored when `wantsMessages` is off. */
  listIds: string[];
}

/** Makes the contact's wish true, with evidence and history in one transaction. Idempotent; null when the token is not ours. */
export async function savePreferences(
  token: string,
  wish: PreferenceWish,
  evidence: WishEvidence,
): Promise<Preferences | null> {
  return withSystemTx(async (tx) => {
    const recipient = await findRecipient(tx, token);
    if (!recipient) return null;
    const { sql } = tx;
    const { workspaceId, contactId } = recipient;
    if (wish.wantsMessages) await optIn(tx, recipient, evidence);
    else await optOut(tx, recipient, evidence);
    const wanted = wish.wantsMessages ? wish.listIds : [];
    const changed = await sql<{ listId: string; status: string }[]>`
      update subscriptions s set status = w.status, source = ${evidence.via}, updated_at = now(),
        evidence = ${JSON.stringify({ ...evidence, deliveryId: recipient.deliveryId })}::jsonb
      from (select list_id, case when list_id = any(${wanted}::text[]) then 'subscribed' else 'unsubscribed' end as status
            from subscriptions where workspace_id = ${workspaceId} and contact_id = ${contactId}) w
      where s.workspace_id = ${workspaceId} and s.contact_id = ${contactId} and s.list_id = w.list_id
        and s.status <> w.status and not (s.status = 'pending' and w.status = 'unsubscribed' and ${wish.wantsMessages})
      returning s.list_id as "listId", s.status`;
    if (changed.length > 0) {
      await sql`
        insert into interactions (workspace_id, contact_id, type, step, delivery_id, run_id, data)
        values (${workspaceId}, ${contactId}, 'preferences.changed', ${recipient.step}, ${recipient.deliveryId},
                ${recipient.runId}, ${JSON.stringify({ ...evidence, lists: changed })}::jsonb)`;
      await recordAudit(tx, wishCtx(recipient, evidence), {
        action: 'contact.preferences_changed',
        subjectType: 'contact',
        subjectId: contactId,
        data: { lists: changed },
      });
    }
    const after = await findRecipient(tx, token);
    return after && { recipient: after, lists: await listsOf(tx, after) };
  });
}
