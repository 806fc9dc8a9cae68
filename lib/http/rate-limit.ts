import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { RetryAfter } from '@/lib/http/retry-after';

const WINDOW_S = 60;
const KEPT_BUCKETS = 10_000;

interface Bucket {
  tokens: number;
  atMs: number;
}

const shared = globalThis as unknown as { waybillRateBuckets?: Map<string, Bucket> };

function bucketsOfProcess(): Map<string, Bucket> {
  shared.waybillRateBuckets ??= new Map();
  return shared.waybillRateBuckets;
}

/** RateLimit fields by the IETF draft (ratelimit-headers-10): the policy, what is left of it, seconds until it is full. */
export type RateHeaders = Record<'ratelimit-policy' | 'ratelimit', string>;

/**
 * Takes one request from the allowance of a key and answers with the headers that tell how much is left. A bucket that
 * refills steadily, kept in this process: with several web processes each grants its own. Throws `limit`.
 */
export function takeRequest(keyId: string, nowMs = Date.now()): RateHeaders {
  const quota = env().WAYBILL_API_RATE;
  const perMs = quota / (WINDOW_S * 1000);
  const buckets = bucketsOfProcess();
  const known = buckets.get(keyId);
  const tokens = known ? Math.min(quota, known.tokens + (nowMs - known.atMs) * perMs) : quota;
  const isAllowed = tokens >= 1;
  const left = isAllowed ? tokens - 1 : tokens;
  buckets.delete(keyId);
  buckets.set(keyId, { tokens: left, atMs: nowMs });
  const oldest = buckets.keys().next().value;
  if (buckets.size > KEPT_BUCKETS && oldest !== undefined) buckets.delete(oldest);
  const headers = {
    'ratelimit-policy': `"default";q=${quota};w=${WINDOW_S}`,
    ratelimit: `"default";r=${Math.floor(left)};t=${Math.ceil((quota - left) / perMs / 1000)}`,
  };
  if (isAllowed) return headers;
  const cause = new RetryAfter(Math.max(1, Math.ceil((1 - left) / perMs / 1000)), headers);
  throw new AppError('limit', `This key may make ${quota} requests a minute. Nothing was done.`, { cause });
}
