import { systemCtx } from '@/lib/context';
import type { Tx } from '@/lib/db/client';
import { recordAudit } from '@/lib/features/history/record-audit';
import { enqueueNotice } from '@/lib/features/outbox/enqueue-notice';

interface FailingEndpoint {
  endpointId: string;
  workspaceId: string;
  url: string;
}

/**
 * Switches an endpoint off with the reason, closes what waits for it (the log keeps it for a replay), and tells the
 * owners and admins by mail, in the caller's transaction. Does nothing to one that is off already.
 */
export async function disableFailing(
  tx: Tx,
  { endpointId, workspaceId, url }: FailingEndpoint,
  reason: string,
): Promise<void> {
  const { sql } = tx;
  const changed = await sql`
    update webhook_endpoints set enabled = false, disabled_reason = ${reason.slice(0, 500)}
    where workspace_id = ${workspaceId} and id = ${endpointId} and enabled`;
  if (changed.count === 0) return;
  await sql`
    update webhook_messages set state = 'failed', lease_until = null, last_error = coalesce(last_error, 'The endpoint was switched off.')
    where workspace_id = ${workspaceId} and endpoint_id = ${endpointId} and state = 'queued'`;
  const ctx = systemCtx(workspaceId, 'webhooks');
  await recordAudit(tx, ctx, {
    action: 'webhook.disabled',
    subjectType: 'webhook',
    subjectId: endpointId,
    data: { reason, host: new URL(url).host },
  });
  const people = await sql<{ email: string }[]>`
    select u.email from members m join users u on u.id = m.user_id
    where m.workspace_id = ${workspaceId} and m.role in ('owner', 'admin') and u.disabled_at is null`;
  const day = new Date().toISOString().slice(0, 10);
  for (const { email } of people) {
    await enqueueNotice(tx, {
      workspaceId,
      dedupeKey: `webhook:${endpointId}:disabled:${day}:${email}`,
      topic: 'webhook.disabled',
      channel: 'email',
      target: email,
      payload: {
        subject: `Webhook to ${new URL(url).host} was switched off`,
        text: `We switched the webhook to ${new URL(url).host} off. ${reason} Nothing is lost: switch it on again and replay its messages in Settings → Webhooks, or read what it missed from the change feed.`,
      },
    });
  }
}
