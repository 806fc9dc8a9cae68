import type { WebhookAnswer } from '@/lib/features/outcomes/accept-webhook';

const STATUS: Record<WebhookAnswer, number> = { stored: 202, refused: 401, malformed: 400 };

/** 5xx when the event could not be stored, so that the provider sends it again; never a 2xx for a lost one. */
export async function webhookResponse(provider: string, accept: () => Promise<WebhookAnswer>): Promise<Response> {
  try {
    const answer = await accept();
    if (answer !== 'stored') console.warn(`A webhook of ${provider} was ${answer}.`);
    return new Response(null, { status: STATUS[answer] });
  } catch (error) {
    console.error(`A webhook of ${provider} could not be stored:`, error);
    return new Response(null, { status: 503, headers: { 'retry-after': '10' } });
  }
}
