import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closePool, openPoolAt, pool, withSystemTx } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
  await openPoolAt(database.url, 3);
  await pool()`create table written (n int primary key)`;
});
afterAll(async () => {
  await closePool();
  await database.drop();
});

describe('more work than there are connections', () => {
  it('waits for its turn: no transaction fails, and none is left open for others to run in', async () => {
    // the driver sends up to a hundred statements down one connection before it looks at what the last of them was
    const busy = Array.from({ length: 3 }, () => pool()`select pg_sleep(0.2)`);
    const queued = Array.from({ length: 12 }, (_, group) => [
      ...Array.from({ length: 94 + group }, () => pool()`select 1`.execute()),
      withSystemTx(({ sql }) => sql`insert into written values (${group})`),
    ]);
    const outcomes = await Promise.allSettled([...busy, ...queued.flat()]);
    const reasons = outcomes.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []));
    expect([...new Set(reasons)]).toEqual([]);
    const [open] = await pool()<{ n: number }[]>`
      select count(*)::int as n from pg_stat_activity
      where datname = current_database() and state like 'idle in transaction%'`;
    const [written] = await pool()<{ n: number }[]>`select count(*)::int as n from written`;
    expect([open?.n, written?.n]).toEqual([0, 12]);
  });
});
