import { acceptResendWebhook } from '@/lib/features/outcomes/accept-webhook';
import { webhookResponse } from '../webhook-response';

export const dynamic = 'force-dynamic';

/** Events of a Resend account, sent to `/api/webhooks/resend?account=pac_…`. 202 means stored. */
export async function POST(request: Request): Promise<Response> {
  const accountId = new URL(request.url).searchParams.get('account') ?? '';
  const body = await request.text();
  return webhookResponse('Resend', () => acceptResendWebhook(accountId, request.headers, body));
}
