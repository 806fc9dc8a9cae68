import type { SmsMessage } from '@/lib/channels/channel';
import { postGuarded } from '@/lib/channels/http/post-guarded';
import { openChannel } from '@/lib/channels/open-channel';
import { sendSystemMail } from '@/lib/channels/system-mail';
import { pool } from '@/lib/db/client';
import type { ComposedNotice } from '@/lib/domain/notice';
import { env } from '@/lib/env';
import { describeError } from '@/lib/errors';
import type { ClaimedNotice } from '@/lib/features/notices/deliver-notices';
import { webhookHeaders } from '@/lib/features/outbox/sign-webhook';
import { loadChannelAccount } from '@/lib/features/providers/load-channel-account';
import { openSecret } from '@/lib/features/secrets/envelope';

/** A failure that another attempt cannot mend. */
export class HopelessNotice extends Error {}

const WEBHOOK_TIMEOUT_MS = 15_000;

function hostOf(url: string): string {
  return new URL(url).hostname;
}

async function sendEmail(notice: ClaimedNotice, { subject, html, text }: ComposedNotice): Promise<void> {
  const messageId = `<${notice.id}@${hostOf(env().APP_URL)}>`;
  try {
    await sendSystemMail({ to: notice.target, subject, html, text, messageId, date: notice.createdAt });
  } catch (error) {
    if (isRefusedRecipient(error)) throw new HopelessNotice(describeError(error));
    throw error;
  }
}

/** The mail server knows this recipient and does not take mail for it (RFC 5321 §4.2.1, 5yz to RCPT). */
function isRefusedRecipient(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  if (typeof cause !== 'object' || cause === null || !('responseCode' in cause) || !('command' in cause)) return false;
  return Number(cause.responseCode) >= 550 && cause.command === 'RCPT TO';
}

/** Through the workspace's first text-message sender; a gateway knows no repetition, so an unclear answer is not asked again. */
async function sendSms(notice: ClaimedNotice, { short }: ComposedNotice): Promise<void> {
  const [sender] = await pool()<{ address: string; accountId: string }[]>`
    select address, provider_account_id as "accountId" from senders
    where workspace_id = ${notice.workspaceId} and channel = 'sms' and archived_at is null order by created_at, id limit 1`;
  if (!sender) throw new Error('This workspace has no sender for text messages.');
  const opened = openChannel(await loadChannelAccount(notice.workspaceId, sender.accountId));
  if (opened.kind !== 'sms') throw new HopelessNotice('The sender for text messages has no provider for them.');
  const message: SmsMessage = { deliveryId: '0', from: sender.address, to: notice.target, text: short };
  const [result] = await opened.channel
    .send({ idempotencyKey: notice.id, messages: [message] })
    .finally(() => opened.channel.close());
  if (result?.outcome === 'accepted') return;
  const text = `${result?.code ?? 'nothing'}: ${result?.text ?? 'no answer'}`;
  const mayRepeat = result?.outcome === 'rejected' && (result.retryable || result.class === 'account');
  throw mayRepeat ? new Error(text) : new HopelessNotice(text);
}

/** Signed by Standard Webhooks 1.0, with the same id and body on every attempt. Only a 2xx is success; 410 ends the endpoint. */
async function sendWebhook(notice: ClaimedNotice, { data }: ComposedNotice): Promise<void> {
  const { id, workspaceId, target } = notice;
  const [endpoint] = await pool()<{ url: string; secret: unknown; enabled: boolean }[]>`
    select url, secret, enabled from webhook_endpoints where workspace_id = ${workspaceId} and id = ${target}`;
  if (!endpoint?.enabled) throw new HopelessNotice('The webhook endpoint is gone or switched off.');
  const secret = openSecret({ workspaceId, table: 'webhook_endpoints', column: 'secret', id: target }, endpoint.secret);
  const body = JSON.stringify({ type: notice.topic, timestamp: notice.createdAt.toISOString(), data });
  const headers = webhookHeaders(id, secret, body, Date.now());
  const answer = await postGuarded({ url: endpoint.url, headers, body, timeoutMs: WEBHOOK_TIMEOUT_MS });
  if (answer.status === null) throw new Error(answer.text);
  if (answer.status >= 200 && answer.status < 300) return;
  if (answer.status === 410) {
    await pool()`update webhook_endpoints set enabled = false, disabled_reason = 'The endpoint answered 410 Gone.'
                 where workspace_id = ${workspaceId} and id = ${target}`;
    throw new HopelessNotice('The endpoint answered 410 Gone and was switched off.');
  }
  throw new Error(`The endpoint answered ${answer.status}.`);
}

/** Hands one notice to its channel; throws when it was not taken, `HopelessNotice` when it never will be. */
export async function sendNotice(notice: ClaimedNotice, composed: ComposedNotice): Promise<void> {
  switch (notice.channel) {
    case 'email':
      return sendEmail(notice, composed);
    case 'sms':
      return sendSms(notice, composed);
    case 'webhook':
      return sendWebhook(notice, composed);
    case 'in_app':
      return;
  }
}
