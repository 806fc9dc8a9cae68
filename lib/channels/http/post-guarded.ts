import { type ClientRequest, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { checkedLookup, isAllowedHost, refusedHost } from '@/lib/channels/http/guard-address';
import { describeError } from '@/lib/errors';

export interface GuardedPost {
  url: string;
  headers: Record<string, string>;
  body: string;
  timeoutMs: number;
}
/** `status` is null when there was no complete answer; the body of an answer is not looked at. */
export type GuardedAnswer = { status: number; retryAfter: string | null } | { status: null; text: string };

/** What is wrong with an address before any network is asked; null when nothing is. */
export function refusedUrl(text: string): string | null {
  if (!URL.canParse(text)) return 'is not an address';
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'must begin with https://';
  if (url.username || url.password) return 'must not hold a user name or password';
  if (isAllowedHost('webhook', url.hostname)) return null;
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  if (port < 1024 && port !== 443 && port !== 80) return 'must use port 443, 80 or one above 1023';
  return refusedHost('webhook', url.hostname);
}

const webhookLookup = checkedLookup('webhook');

const MAX_ANSWER_BYTES = 64 * 1024;

function settleBy(request: ClientRequest, timeoutMs: number, body: string): Promise<GuardedAnswer> {
  return new Promise((resolve) => {
    const fail = (error: unknown) => {
      clearTimeout(timer);
      resolve({ status: null, text: describeError(error).slice(0, 300) });
    };
    const timer = setTimeout(() => request.destroy(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
    request.on('error', fail);
    request.once('response', (response) => {
      let bytes = 0;
      const answer = { status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] ?? null };
      const finish = () => {
        clearTimeout(timer);
        resolve(answer);
      };
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes <= MAX_ANSWER_BYTES) return;
        finish();
        request.destroy();
      });
      response.on('error', fail);
      response.on('end', finish);
    });
    request.end(body);
  });
}

/**
 * One POST to an address that somebody else chose. Never into a private network: names are resolved, checked and
 * connected to at the checked address (no second look-up); redirects are not followed. Does not throw.
 */
export async function postGuarded({ url, headers, body, timeoutMs }: GuardedPost): Promise<GuardedAnswer> {
  const refusal = refusedUrl(url);
  if (refusal) return { status: null, text: `The address ${refusal}.` };
  const send = url.startsWith('https:') ? httpsRequest : httpRequest;
  const length = String(Buffer.byteLength(body));
  const request = send(url, {
    method: 'POST',
    headers: { ...headers, 'content-length': length },
    lookup: webhookLookup,
    agent: false,
  });
  return await settleBy(request, timeoutMs, body);
}
