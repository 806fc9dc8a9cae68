import { createHmac } from 'node:crypto';
import { postGuarded } from '@/lib/channels/http/post-guarded';
import { parseRetryAfter } from '@/lib/channels/http/retry-after';
import type { SinkResult } from '@/lib/channels/sinks/sink-result';

const TIMEOUT_MS = 15_000;

export interface SinkCall {
  url: string;
  /** `whsec_` and base64, as Standard Webhooks writes it. */
  secret: string;
  /** The same on every attempt, so that a receiver can tell a repetition. */
  id: string;
  body: string;
}

/** The signature of Standard Webhooks 1.0 over id, time and body. */
export function signWebhook(secret: string, id: string, timestamp: string, body: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

/** Posts a signed batch of records (Standard Webhooks 1.0); only a 2xx is success, everything else holds the sink. */
export async function postRecords({ url, secret, id, body }: SinkCall): Promise<SinkResult> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const answer = await postGuarded({
    url,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'waybill',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': signWebhook(secret, id, timestamp, body),
    },
    body,
    timeoutMs: TIMEOUT_MS,
  });
  if (answer.status === null) return { outcome: 'held', text: answer.text };
  if (answer.status >= 200 && answer.status < 300) return { outcome: 'taken', refused: new Map() };
  const retryAfterMs = answer.retryAfter
    ? parseRetryAfter(new Headers({ 'retry-after': answer.retryAfter }), Date.now())
    : undefined;
  return {
    outcome: 'held',
    text: `it answered ${answer.status}`,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}
