import { createHmac, timingSafeEqual } from 'node:crypto';

const TOLERANCE_MS = 5 * 60_000;

function equal(given: string, right: Buffer): boolean {
  const bytes = Buffer.from(given, 'base64');
  return bytes.length === right.length && timingSafeEqual(bytes, right);
}

export interface SignedHeaders {
  id: string;
  timestamp: string;
  signature: string;
}

/** The three headers of Standard Webhooks 1.0, under either of the names in use; null when one is missing. */
export function signedHeaders(headers: Headers): SignedHeaders | null {
  const read = (name: string) => headers.get(`webhook-${name}`) ?? headers.get(`svix-${name}`);
  const [id, timestamp, signature] = [read('id'), read('timestamp'), read('signature')];
  return id && timestamp && signature ? { id, timestamp, signature } : null;
}

/**
 * Whether a body is genuine by Standard Webhooks 1.0: HMAC-SHA256 over `id.timestamp.body`, any of the signatures given,
 * no more than five minutes from `now` either way.
 */
export function isSignedWebhook(secret: string, headers: SignedHeaders, body: string, now: Date): boolean {
  const { id, timestamp, signature } = headers;
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(now.getTime() - Number(timestamp) * 1000) > TOLERANCE_MS) return false;
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  if (key.length === 0) return false;
  const right = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest();
  return signature.split(' ').some((part) => part.startsWith('v1,') && equal(part.slice(3), right));
}

/** The spellings of one address that a proxy may have made of it: Twilio signs the one it was given. */
function spellings(url: URL): string[] {
  const standard = url.protocol === 'https:' ? '443' : '80';
  const withPort = `${url.protocol}//${url.hostname}:${url.port || standard}${url.pathname}${url.search}`;
  return [...new Set([url.href, withPort, `${url.protocol}//${url.hostname}${url.pathname}${url.search}`])];
}

/** Whether a form is genuine by Twilio's rule: HMAC-SHA1 over the called address and the sorted fields. */
export function isSignedByTwilio(authToken: string, signature: string, url: URL, form: URLSearchParams): boolean {
  const fields = [...new Set(form.keys())].sort();
  const rest = fields.map((name) => name + form.getAll(name).join('')).join('');
  return spellings(url).some((spelling) =>
    equal(
      signature,
      createHmac('sha1', authToken)
        .update(spelling + rest)
        .digest(),
    ),
  );
}
