import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { takeSendSlots } from '@/lib/features/deliveries/take-send-slots';

const CAPACITY = 40;
let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
  await openPoolAt(database.url);
});

afterAll(async () => {
  await closePool();
  await database.drop();
});

/** Asks for slots without end, as a run with much to send does; answers how many it got. */
async function greedy(key: string, sharer: string, untilMs: number): Promise<number> {
  let got = 0;
  while (Date.now() < untilMs) {
    const { granted, waitMs } = await takeSendSlots([{ key, maxPerSecond: CAPACITY, sharer }], CAPACITY);
    got += granted;
    if (granted === 0) await new Promise((resolve) => setTimeout(resolve, Math.min(waitMs, 100)));
  }
  return got;
}

async function mostInOneSecond(key: string): Promise<number> {
  const [row] = await pool()<{ n: number }[]>`select max(n)::int as n from rate_slots where key = ${key}`;
  return row?.n ?? 0;
}

describe('the allowance of an account', () => {
  it('is never exceeded in a second, and shared in equal parts by two runs however hard one of them asks', async () => {
    const untilMs = Date.now() + 4_000;
    const loud = Array.from({ length: 6 }, () => greedy('account:a', 'run_loud', untilMs));
    const quiet = greedy('account:a', 'run_quiet', untilMs);
    const [got, ...rest] = await Promise.all([quiet, ...loud]);
    const others = rest.reduce((sum, n) => sum + n, 0);
    expect(await mostInOneSecond('account:a')).toBeLessThanOrEqual(CAPACITY);
    expect(got / (got + others)).toBeGreaterThan(0.3);
  });

  it('is all there for a run that is alone', async () => {
    const got = await greedy('account:b', 'run_alone', Date.now() + 2_200);
    expect(got).toBeGreaterThanOrEqual(2 * CAPACITY);
    expect(await mostInOneSecond('account:b')).toBe(CAPACITY);
  });
});
