import { withSystemTx } from '@/lib/db/client';
import { enqueueNotice } from '@/lib/features/outbox/enqueue-notice';
import { findRecipient, type Recipient } from '@/lib/features/tracking/find-recipient';
import { optOut, type WishEvidence } from '@/lib/features/tracking/set-opt-out';

export interface Unsubscribed {
  workspaceName: string;
  channel: 'email' | 'sms';
  /** False when the contact was out already. */
  isNew: boolean;
}

/**
 * Opts the recipient of a message out of its channel and off the campaign's lists, with evidence and history in one
 * transaction (RFC 8058 one-click, or the button of the page). Idempotent. Null when the token is not ours.
 */
export async function unsubscribe(token: string, evidence: WishEvidence): Promise<Unsubscribed | null> {
  return withSystemTx(async (tx) => {
    const recipient = await findRecipient(tx, token);
    if (!recipient) return null;
    const isNew = await optOut(tx, recipient, evidence);
    await tx.sql`
      update subscriptions set status = 'unsubscribed', source = ${evidence.via}, updated_at = now(),
        evidence = ${JSON.stringify({ ...evidence, deliveryId: recipient.deliveryId })}::jsonb
      where workspace_id = ${recipient.workspaceId} and contact_id = ${recipient.contactId} and status <> 'unsubscribed'
        and list_id in (
          select s ->> 'id' from runs r join campaign_versions v on v.id = r.version_id,
            jsonb_array_elements(coalesce(r.audience, v.frozen -> 'audience') -> 'include') s
          where r.id = ${recipient.runId} and s ->> 'kind' = 'list')`;
    if (isNew) await confirmByMail(tx, recipient, token);
    return { workspaceName: recipient.workspaceName, channel: recipient.channel, isNew };
  });
}

async function confirmByMail(
  tx: Parameters<typeof enqueueNotice>[0],
  recipient: Recipient,
  token: string,
): Promise<void> {
  const { workspaceId, address, channel } = recipient;
  if (!recipient.confirmUnsubscribe || channel !== 'email' || !address) return;
  await enqueueNotice(tx, {
    workspaceId,
    dedupeKey: `unsubscribed:${recipient.deliveryId}`,
    topic: 'contact.unsubscribed',
    channel: 'email',
    target: address,
    payload: {
      workspaceName: recipient.workspaceName,
      preferencesUrl: `${recipient.baseUrl.replace(/\/+$/, '')}/preferences/${token}`,
    },
  });
}

/** What the unsubscribe page shows before anything is done; changes nothing. */
export async function previewUnsubscribe(token: string): Promise<Recipient | null> {
  return withSystemTx((tx) => findRecipient(tx, token));
}
