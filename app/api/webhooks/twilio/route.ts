import { env, publicUrl } from '@/lib/env';
import { acceptTwilioWebhook } from '@/lib/features/outcomes/accept-webhook';
import { webhookResponse } from '../webhook-response';

export const dynamic = 'force-dynamic';

/** Receipts of text messages, sent to the address that `receiptUrl` made. 202 means stored. */
export async function POST(request: Request): Promise<Response> {
  const called = new URL(request.url);
  const place = `${called.pathname}${called.search}`;
  // it signs the whole address; messages from before a public host was named still have the other
  const ours = [publicUrl(), env().APP_URL].map((base) => new URL(place, base));
  const form = new URLSearchParams(await request.text());
  const signature = request.headers.get('x-twilio-signature') ?? '';
  return webhookResponse('Twilio', () => acceptTwilioWebhook([...ours, called], signature, form));
}
