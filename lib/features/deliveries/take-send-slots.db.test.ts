import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { takeSendSlots } from '@/lib/features/deliveries/take-send-slots';
import { setClock, shiftClockOf, stopClock } from '@/lib/features/testing/shifted-clock';

const CAPACITY = 40;
let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
  await shiftClockOf(database.url);
  await openPoolAt(database.url);
});

afterAll(async () => {
  await closePool();
  await database.drop();
});

/** Stops the clock so many milliseconds after the beginning of a minute. */
const at = (ms: number) => stopClock(new Date(Date.parse('2026-11-20T12:00:00Z') + ms).toISOString());

const ask = (key: string, sharer: string, maxPerSecond = CAPACITY) =>
  takeSendSlots([{ key, maxPerSecond, sharer }], CAPACITY);

/** Several workers of a run ask for all there is, again and again, until none of them gets anything; how much they got. */
async function greedy(key: string, sharer: string): Promise<number> {
  let got = 0;
  for (;;) {
    const grants = await Promise.all(Array.from({ length: 6 }, () => ask(key, sharer)));
    const sum = grants.reduce((all, { granted }) => all + granted, 0);
    if (sum === 0) return got;
    got += sum;
  }
}

describe('the allowance of an account', () => {
  it('is shared in equal parts by two runs, however hard and early one of them asks', async () => {
    await at(0);
    // nobody knows yet that there is another
    expect([await greedy('account:a', 'run_loud'), await greedy('account:a', 'run_quiet')]).toEqual([CAPACITY, 0]);
    for (let second = 1; second <= 4; second++) {
      await at(second * 1000 + 1);
      const loud = await greedy('account:a', 'run_loud');
      await at(second * 1000 + 700);
      expect([loud, await greedy('account:a', 'run_loud')]).toEqual([CAPACITY / 2, 0]);
      // a single question, in the middle of the second
      expect((await ask('account:a', 'run_quiet')).granted).toBe(CAPACITY / 2);
    }
  });

  it('is shared so also among those who ask at the same moment', async () => {
    await at(0);
    await Promise.all([ask('account:b', 'run_one'), ask('account:b', 'run_two'), ask('account:b', 'run_three')]);
    await at(1000);
    const got = await Promise.all(['run_one', 'run_two', 'run_three'].map((run) => greedy('account:b', run)));
    // a third of forty is fourteen for who comes first
    expect(got.sort()).toEqual([12, 14, 14]);
  });

  it('is anybody’s late in the second, as far as others leave it, and all of it once they ask no more', async () => {
    await at(0);
    await ask('account:c', 'run_quiet');
    await at(1000);
    expect(await greedy('account:c', 'run_loud')).toBe(CAPACITY / 2);
    const refused = await ask('account:c', 'run_loud');
    expect([refused.granted, refused.waitMs]).toEqual([0, 750]);
    await at(1750);
    expect(await greedy('account:c', 'run_loud')).toBe(CAPACITY / 2);
    await at(3000);
    expect(await greedy('account:c', 'run_loud')).toBe(CAPACITY);
  });

  it('is all there for a run that is alone, and told when there is more', async () => {
    for (let second = 0; second < 3; second++) {
      await at(second * 1000 + 100);
      expect(await greedy('account:d', 'run_alone')).toBe(CAPACITY);
      expect(await ask('account:d', 'run_alone')).toEqual({ granted: 0, waitMs: 900 });
    }
  });

  it('is never exceeded in a second of a clock that goes on, by any number of workers', async () => {
    await setClock('2026-11-20T13:00:00Z');
    const untilMs = Date.now() + 2_000;
    const worker = async (run: string) => {
      while (Date.now() < untilMs) {
        const { granted, waitMs } = await ask('account:e', run);
        if (granted === 0) await new Promise((resolve) => setTimeout(resolve, Math.min(waitMs, 100)));
      }
    };
    await Promise.all(['run_one', 'run_one', 'run_one', 'run_two', 'run_two'].map(worker));
    const [row] = await pool()<{ most: number; n: number }[]>`
      select max(n)::int as most, count(*)::int as n from rate_slots where key = 'account:e'`;
    expect([row?.most, (row?.n ?? 0) > 0]).toEqual([CAPACITY, true]);
  });

  it('below one a second is one in so many', async () => {
    const slow = () => ask('account:f', 'run_alone', 0.2);
    await at(0);
    expect([await slow(), await slow()]).toEqual([
      { granted: 1, waitMs: 0 },
      { granted: 0, waitMs: 5000 },
    ]);
    await at(4999);
    expect((await slow()).granted).toBe(0);
    await at(5000);
    expect((await slow()).granted).toBe(1);
  });
});
