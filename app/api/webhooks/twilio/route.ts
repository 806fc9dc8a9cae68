import { env } from '@/lib/env';
import { acceptTwilioWebhook } from '@/lib/features/outcomes/accept-webhook';
import { webhookResponse } from '../webhook-response';

export const dynamic = 'force-dynamic';

/** Receipts of text messages, sent to the address that `receiptUrl` made. 202 means stored. */
export async function POST(request: Request): Promise<Response> {
  const called = new URL(request.url);
  const given = new URL(`${called.pathname}${called.search}`, env().APP_URL);
  const form = new URLSearchParams(await request.text());
  const signature = request.headers.get('x-twilio-signature') ?? '';
  return webhookResponse('Twilio', () => acceptTwilioWebhook([given, called], signature, form));
}
