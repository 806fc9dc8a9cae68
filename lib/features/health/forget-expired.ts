import { pool } from '@/lib/db/client';

const CHUNK = 20_000;

/** What nobody can ask for any more. Each condition is true for good once it is true, so chunks need no transaction. */
const EXPIRED = {
  idempotency_keys: `created_at < now() - interval '7 days'`,
  // every bucket is full again long before
  token_buckets: `refilled_at < now() - interval '7 days'`,
  webhook_messages: `state <> 'queued' and created_at < now() - interval '30 days'`,
  verification_tokens: `expires_at < now() - interval '1 day'`,
  user_sessions: `expires_at < now() - interval '30 days'`,
} as const;

export type ExpiredTable = keyof typeof EXPIRED;

/** Deletes the expired rows of one table in chunks; answers how many. Safe to repeat and to run twice at once. */
export async function forgetExpired(table: ExpiredTable): Promise<number> {
  const sql = pool();
  for (let total = 0; ; ) {
    const { count } = await sql`
      delete from ${sql(table)} where ctid = any(array(
        select ctid from ${sql(table)} where ${sql.unsafe(EXPIRED[table])} limit ${CHUNK}))`;
    total += count;
    if (count < CHUNK) return total;
  }
}

/** Forgets everything that has expired; answers how many rows of each table. */
export async function forgetAllExpired(): Promise<Record<ExpiredTable, number>> {
  const forgotten: Partial<Record<ExpiredTable, number>> = {};
  for (const table of Object.keys(EXPIRED) as ExpiredTable[]) forgotten[table] = await forgetExpired(table);
  return forgotten as Record<ExpiredTable, number>;
}
