import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { type MemoryLevels, takeFromMemory } from '@/lib/http/memory-bucket';
import { RetryAfter } from '@/lib/http/retry-after';

const WINDOW_S = 60;

const shared = globalThis as unknown as { waybillRateBuckets?: MemoryLevels };

function bucketsOfProcess(): MemoryLevels {
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
  const refillMs = (WINDOW_S * 1000) / quota;
  const { isAllowed, left, waitMs } = takeFromMemory(bucketsOfProcess(), keyId, { capacity: quota, refillMs }, nowMs);
  const headers = {
    'ratelimit-policy': `"default";q=${quota};w=${WINDOW_S}`,
    ratelimit: `"default";r=${Math.floor(left)};t=${Math.ceil(((quota - left) * refillMs) / 1000)}`,
  };
  if (isAllowed) return headers;
  const cause = new RetryAfter(Math.max(1, Math.ceil(waitMs / 1000)), headers);
  throw new AppError('limit', `This key may make ${quota} requests a minute. Nothing was done.`, { cause });
}
