import { pool } from '@/lib/db/client';

export interface BucketRule {
  /** How many may come at once. */
  capacity: number;
  /** How long one token takes to come back. */
  refillMs: number;
}

export interface BucketAnswer {
  allowed: boolean;
  remaining: number;
  /** When the next one will be allowed; 0 while there are tokens left. */
  retryAfterMs: number;
}

/**
 * Takes one token from the bucket of `key`, atomically across every process, by the database's clock. A refused call
 * takes nothing, so that waiting always helps.
 */
export async function takeToken(key: string, { capacity, refillMs }: BucketRule): Promise<BucketAnswer> {
  const sql = pool();
  const level = sql`least(${capacity}::float8,
    b.tokens + extract(epoch from clock_timestamp() - b.refilled_at)::float8 * 1000 / ${refillMs}::float8)`;
  const [taken] = await sql<{ tokens: number }[]>`
    insert into token_buckets as b (key, tokens, refilled_at) values (${key}, ${capacity - 1}, clock_timestamp())
    on conflict (key) do update set tokens = ${level} - 1, refilled_at = clock_timestamp() where ${level} >= 1
    returning tokens`;
  if (taken) {
    const remaining = Math.floor(taken.tokens);
    return { allowed: true, remaining, retryAfterMs: remaining > 0 ? 0 : Math.ceil((1 - taken.tokens) * refillMs) };
  }
  const [left] = await sql<{ tokens: number }[]>`select ${level} as tokens from token_buckets b where key = ${key}`;
  return { allowed: false, remaining: 0, retryAfterMs: Math.max(1, Math.ceil((1 - (left?.tokens ?? 0)) * refillMs)) };
}
