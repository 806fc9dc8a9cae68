import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { providerDialling } from '@/lib/channels/http/guard-address';
import { type Rejected, refusedForNow } from '@/lib/channels/rejected';
import { describeError } from '@/lib/errors';

export interface ProviderRequest {
  url: string;
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body?: string | Buffer;
  timeoutMs: number;
}

/**
 * `answered`: a complete HTTP response. `not_sent`: no connection came about, so the provider saw nothing. `unknown`:
 * the request may have been received.
 */
export type ProviderAnswer =
  | { kind: 'answered'; status: number; headers: Headers; body: string }
  | { kind: 'not_sent'; code: string; text: string }
  | { kind: 'unknown'; code: string; text: string };

const BEFORE_REQUEST: Record<string, string> = {
  ECONNREFUSED: 'connection_refused',
  ENOTFOUND: 'dns_failed',
  EAI_AGAIN: 'dns_failed',
  EHOSTUNREACH: 'connection_failed',
  ENETUNREACH: 'connection_failed',
  EFORBIDDENHOST: 'forbidden_host',
};
const CERTIFICATE_CODE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/;
/** Shorter than what servers allow: a kept connection the server is about to close turns a request into doubt. */
const KEPT_IDLE_MS = 4000;

// One request at a time per connection, so the most recently used connection is the one most surely alive.
// Node gives up on an address after 250 ms by default, less than a far provider needs.
const patience = { autoSelectFamilyAttemptTimeout: 2000 };
const kept = { keepAlive: true, timeout: KEPT_IDLE_MS, scheduling: 'lifo', ...patience } as const;
const httpAgent = new HttpAgent(kept);
const httpsAgent = new HttpsAgent(kept);

function codeOf(error: unknown): string {
  for (let at: unknown = error; at instanceof Error; at = at instanceof AggregateError ? at.errors[0] : at.cause) {
    if ('code' in at && typeof at.code === 'string') return at.code;
  }
  return '';
}

function readHeaders(response: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(response.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
}

function failure(error: unknown, connected: boolean): ProviderAnswer {
  const code = codeOf(error);
  const text = describeError(error).slice(0, 1000);
  if (connected) return { kind: 'unknown', code: code === 'ETIMEDOUT' ? 'timeout' : 'connection_lost', text };
  const known = BEFORE_REQUEST[code] ?? (CERTIFICATE_CODE.test(code) ? 'tls_certificate' : undefined);
  return { kind: 'not_sent', code: known ?? (code === 'ETIMEDOUT' ? 'connect_timeout' : 'connection_failed'), text };
}

/**
 * One HTTP call, never retried, never redirected, and never cut by anything but its own time limit. Does not throw. No
 * byte of a request leaves before its connection is made and, with TLS, trusted: until then it is certainly not sent.
 */
export function callProvider(call: ProviderRequest): Promise<ProviderAnswer> {
  return exchange(call).catch((error: unknown): ProviderAnswer => {
    // What throws before a request exists: a key or an address no header or URL can carry, or a host that is refused.
    return { kind: 'not_sent', code: BEFORE_REQUEST[codeOf(error)] ?? 'invalid_request', text: describeError(error) };
  });
}

/** The definite result of a call for which no connection came about. */
export function refuseNotSent({ code, text }: Extract<ProviderAnswer, { kind: 'not_sent' }>): Rejected {
  const ours = ['tls_certificate', 'invalid_request', 'forbidden_host'].includes(code);
  return refusedForNow(ours ? 'account' : 'provider', code, text);
}

function exchange({ url, method, headers, body, timeoutMs }: ProviderRequest): Promise<ProviderAnswer> {
  return new Promise((resolve) => {
    const secure = url.startsWith('https:');
    const dialling = providerDialling(new URL(url).hostname);
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const request = secure
      ? httpsRequest(url, { method, headers: { ...headers, ...length }, agent: httpsAgent, ...dialling })
      : httpRequest(url, { method, headers: { ...headers, ...length }, agent: httpAgent, ...dialling });
    let connected = false;
    const settle = (answer: ProviderAnswer) => {
      clearTimeout(timer);
      resolve(answer);
    };
    const fail = (error: unknown) => settle(failure(error, connected));
    const timer = setTimeout(() => {
      const late = Object.assign(new Error(`no complete answer within ${timeoutMs} ms`), { code: 'ETIMEDOUT' });
      fail(late);
      request.destroy(late);
    }, timeoutMs);
    request.on('error', fail);
    request.once('socket', (socket) => {
      if (!socket.connecting) connected = true;
      else
        socket.once(secure ? 'secureConnect' : 'connect', () => {
          connected = true;
        });
    });
    request.once('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', fail);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        settle({ kind: 'answered', status: response.statusCode ?? 0, headers: readHeaders(response), body: text });
      });
    });
    request.end(body);
  });
}
