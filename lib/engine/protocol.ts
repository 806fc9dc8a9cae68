import { createHash, createHmac, randomBytes } from 'node:crypto';

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const UNIT_MS: Record<string, number> = { w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1 };
const MAX_RETRY_AFTER_MS = 86_400_000;
const FOREVER_MS = 366 * 86_400_000;

/** A ULID; with `seed` its random part is derived, so the same seed gives the same id. */
export function ulid(timeMs = Date.now(), seed?: string): string {
  let time = '';
  for (let rest = timeMs, i = 0; i < 10; i++, rest = Math.floor(rest / 32)) time = CROCKFORD.charAt(rest % 32) + time;
  const noise = seed === undefined ? randomBytes(16) : createHash('sha256').update(seed).digest().subarray(0, 16);
  return time + Array.from(noise, (byte) => CROCKFORD.charAt(byte % 32)).join('');
}

/** The id the SDK gives a step: SHA-1 of its name, from the second use on with `:1`, `:2`, … appended. */
export function stepHash(name: string, repeat = 0): string {
  return createHash('sha1')
    .update(repeat === 0 ? name : `${name}:${repeat}`)
    .digest('hex');
}

export const RUN_COMPLETE_ID = stepHash('complete');

/** RFC 8785 (JSON Canonicalization Scheme): the SDK re-serialises a call this way before it checks the signature. */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members: string[] = [];
  for (const [key, member] of Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (member !== undefined) members.push(`${JSON.stringify(key)}:${canonicalJson(member)}`);
  }
  return `{${members.join(',')}}`;
}

const keyPart = (signingKey: string) => signingKey.replace(/^signkey-\w+-/, '');

/** The `x-inngest-signature` header of a canonical JSON body: HMAC-SHA256 over body and Unix seconds. */
export function signature(body: string, signingKey: string, atMs = Date.now()): string {
  const seconds = String(Math.round(atMs / 1000));
  return `t=${seconds}&s=${createHmac('sha256', keyPart(signingKey)).update(body).update(seconds).digest('hex')}`;
}

/** The `Authorization` header with which the SDK calls back: the prefix and the SHA-256 of the key read as hexadecimal. */
export function bearer(signingKey: string): string {
  const prefix = /^signkey-\w+-/.exec(signingKey)?.[0] ?? '';
  return `Bearer ${prefix}${createHash('sha256')
    .update(Buffer.from(keyPart(signingKey), 'hex'))
    .digest('hex')}`;
}

/** Milliseconds of `1h30m`, `250ms`, `7d`; 0 for text without a duration. */
export function durationMs(text: string): number {
  let total = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|[wdhms])/g)) {
    total += Number(amount) * (UNIT_MS[unit ?? ''] ?? 0);
  }
  return total;
}

/** The moment a duration or an ISO date stands for; without text the longest wait Inngest allows. */
export function momentOf(text: string | undefined, now: Date): Date {
  if (!text) return new Date(now.getTime() + FOREVER_MS);
  const at = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : now.getTime() + durationMs(text);
  return new Date(Math.min(Number.isNaN(at) ? now.getTime() : at, now.getTime() + FOREVER_MS));
}

/** `Retry-After` as seconds or a date, held between one millisecond and a day from now; undefined if absent or unreadable. */
export function retryAfter(header: string | null, now: Date): Date | undefined {
  if (!header) return undefined;
  const at = /^\d+(\.\d+)?$/.test(header) ? now.getTime() + Number(header) * 1000 : Date.parse(header);
  if (Number.isNaN(at)) return undefined;
  return new Date(Math.min(Math.max(at, now.getTime() + 1), now.getTime() + MAX_RETRY_AFTER_MS));
}

const BACKOFF_S = [15, 30, 60, 120, 300, 600, 1200, 2400, 3600, 7200];

/** The wait Inngest uses before attempt `attempt + 1`: 15 s, 30 s, 1 min … 2 h, plus up to 30 s of jitter. */
export function inngestBackoffMs(attempt: number): number {
  return (BACKOFF_S[Math.min(attempt, BACKOFF_S.length - 1)] ?? 7200) * 1000 + Math.random() * 30_000;
}
