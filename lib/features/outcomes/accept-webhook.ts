import { CAPTURE_ACCOUNT } from '@/lib/channels/open-channel';
import { pool } from '@/lib/db/client';
import { readResendEvent } from '@/lib/features/outcomes/dialects/read-resend-event';
import { readTwilioStatus, readTwilioStop } from '@/lib/features/outcomes/dialects/read-twilio-status';
import { isSignedByTwilio, isSignedWebhook, signedHeaders } from '@/lib/features/outcomes/dialects/verify-signature';
import { recordOutcome } from '@/lib/features/outcomes/record-outcome';
import { type ChannelAccount, loadChannelAccount } from '@/lib/features/providers/load-channel-account';
import { readToken } from '@/lib/features/secrets/tokens';

/** `stored` only after the event is durable; `refused` when it is not genuine; `malformed` when it is genuine but no event. */
export type WebhookAnswer = 'stored' | 'refused' | 'malformed';

const KEPT_MS = 10_000;
const accounts = new Map<string, { account: ChannelAccount | null; until: number }>();

/** The account a webhook is addressed to; kept for some seconds, so that a burst costs one look-up and one opened secret. */
async function accountOf(accountId: string, nowMs: number): Promise<ChannelAccount | null> {
  const known = accounts.get(accountId);
  if (known && known.until > nowMs) return known.account;
  const [row] = await pool()<{ workspaceId: string }[]>`
    select workspace_id as "workspaceId" from provider_accounts where id = ${accountId} and archived_at is null`;
  const account = row ? await loadChannelAccount(row.workspaceId, accountId) : null;
  if (accounts.size > 1000) accounts.clear();
  accounts.set(accountId, { account, until: nowMs + KEPT_MS });
  return account;
}

/** Takes an event of Resend for one account, signed with that account's secret. Throws only when the database is down. */
export async function acceptResendWebhook(
  accountId: string,
  headers: Headers,
  body: string,
  now = new Date(),
): Promise<WebhookAnswer> {
  const signature = signedHeaders(headers);
  if (!signature || accountId === '') return 'refused';
  const account = await accountOf(accountId, now.getTime());
  const secret = account?.secrets.webhookSecret;
  if (!account || !secret || !isSignedWebhook(secret, signature, body, now)) return 'refused';
  const event = readResendEvent(parse(body));
  if (!event) return 'malformed';
  await recordOutcome({
    ...event,
    workspaceId: account.workspaceId,
    providerAccountId: account.id,
    providerEventId: signature.id,
  });
  return 'stored';
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** An API key's secret signs no callbacks: without the account's own token they are known by the one in this message's URL. */
function twilioToken(account: ChannelAccount): string | null {
  if (account.config.kind === 'capture_sms') return CAPTURE_ACCOUNT.secret;
  if (account.config.kind !== 'twilio') return null;
  if (account.config.keySid) return account.secrets.authToken ?? null;
  return account.secrets.secret ?? null;
}

/**
 * Takes a status callback or an answered STOP of Twilio (or of the capture gateway, which speaks its dialect). `urls` are the addresses it
 * may have been sent to: the public one, and the one that reached us. Throws only when the database is down.
 */
export async function acceptTwilioWebhook(
  urls: readonly URL[],
  signature: string,
  form: URLSearchParams,
  now = new Date(),
): Promise<WebhookAnswer> {
  const query = urls[0]?.searchParams;
  const account = await accountOf(query?.get('account') ?? '', now.getTime());
  if (account?.channel !== 'sms') return 'refused';
  const deliveryId = readToken('receipt', query?.get('receipt') ?? '');
  const token = twilioToken(account);
  const isGenuine =
    token === null ? deliveryId !== null : urls.some((url) => isSignedByTwilio(token, signature, url, form));
  if (!isGenuine) return 'refused';
  const status = readTwilioStop(form) ?? readTwilioStatus(form, deliveryId);
  if (!status) return 'malformed';
  await recordOutcome({ ...status, workspaceId: account.workspaceId, providerAccountId: account.id });
  return 'stored';
}
