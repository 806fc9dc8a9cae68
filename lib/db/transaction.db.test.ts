import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LONG_GREETING, RECONNECT } from '@/lib/db/reconnect';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { transactionOn } from '@/lib/db/transaction';

let database: TestDatabase;
let admin: postgres.Sql;
const ROUNDS = 25;
const uncaught: unknown[] = [];
const keep = (error: unknown) => uncaught.push(error);

const clientOf = (max: number) =>
  postgres(database.url, { max, onnotice: () => undefined, ...RECONNECT, connection: LONG_GREETING });

/** Ends every other connection to the database; answers how many there were. */
async function cutAll(): Promise<number> {
  const cut = await admin`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`;
  return cut.length;
}

beforeAll(async () => {
  database = await testDatabase();
  admin = postgres(database.url, { max: 1, onnotice: () => undefined });
  await admin`create table pair (n int, half int, primary key (n, half))`;
  process.on('uncaughtException', keep);
});
beforeEach(async () => {
  await admin`truncate pair`;
});
afterEach(() => {
  expect(uncaught.splice(0)).toEqual([]);
});
afterAll(async () => {
  process.off('uncaughtException', keep);
  await admin.end({ timeout: 5 });
  await database.drop();
});

describe('connections that are cut while many statements and transactions fly', () => {
  it('fail what was on them and nothing else: the process lives, no half is written, nobody waits for ever', {
    timeout: 60_000,
  }, async () => {
    const [statements, transactions] = [clientOf(3), clientOf(6)];
    let cuts = 0;
    const pair = (n: number) =>
      transactionOn(transactions, async (tx) => {
        await tx`insert into pair values (${n}, 1)`;
        await tx`select pg_sleep(0.002)`;
        await tx`insert into pair values (${n}, 2)`;
        return n;
      });
    const written: number[] = [];
    let failed = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const flying = [
        ...Array.from({ length: 30 }, (_, i) => pair(round * 30 + i)),
        ...Array.from({ length: 90 }, () => statements`select pg_sleep(0.001)`.then(() => null)),
      ];
      await Promise.race(flying.map((one) => one.catch(() => null)));
      cuts += await cutAll();
      for (const one of await Promise.allSettled(flying)) {
        if (one.status === 'rejected') failed++;
        else if (one.value !== null) written.push(one.value);
      }
    }
    const rows = await admin<{ n: number; halves: number }[]>`
      select n, count(*)::int as halves from pair group by n order by n`;
    expect(rows.filter((row) => row.halves !== 2)).toEqual([]);
    const kept = new Set(rows.map((row) => row.n));
    expect(written.filter((n) => !kept.has(n))).toEqual([]);
    expect(cuts).toBeGreaterThan(0);
    expect(failed).toBeGreaterThan(0);
    // and both pools go on
    const [again] = await statements`select 1 as one`;
    expect(again?.one).toBe(1);
    expect(await transactionOn(transactions, async (tx) => (await tx`select 2 as two`)[0]?.two)).toBe(2);
    await Promise.all([statements.end({ timeout: 5 }), transactions.end({ timeout: 5 })]);
  });
});

describe('a transaction whose connection was lost while it did something else', () => {
  const endings: [string, (tx: postgres.TransactionSql) => Promise<unknown>][] = [
    ['returns', async () => undefined],
    ['throws', async () => Promise.reject(new Error('something else'))],
    ['writes on', async (tx) => tx`insert into pair values (7, 7)`],
    [
      'writes on and swallows it',
      async (tx) => {
        await Promise.resolve()
          .then(() => tx`insert into pair values (7, 7)`)
          .catch(() => undefined);
      },
    ],
    ['writes on, unsafely', async (tx) => tx.unsafe('insert into pair values (7, 7)')],
  ];
  for (const [name, ending] of endings) {
    it(`${name}: it has failed, and whoever has its connection now is not touched`, async () => {
      const client = clientOf(1);
      let goOn: () => void = () => undefined;
      const gate = new Promise<void>((resolve) => {
        goOn = resolve;
      });
      let begun: () => void = () => undefined;
      const started = new Promise<void>((resolve) => {
        begun = resolve;
      });
      let ended: () => void = () => undefined;
      const over = new Promise<void>((resolve) => {
        ended = resolve;
      });
      const first = transactionOn(client, async (tx) => {
        await tx`insert into pair values (1, 1)`;
        begun();
        await gate;
        return ending(tx).finally(ended);
      });
      // it may be heard of before anybody asks below
      first.catch(() => undefined);
      await started;
      await cutAll();
      await expect(first).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' });
      const second = transactionOn(client, async (tx) => {
        await tx`insert into pair values (2, 1)`;
        goOn();
        await over.catch(() => undefined);
        await tx`select 1`;
        throw new Error('taken back');
      });
      await expect(second).rejects.toThrow('taken back');
      expect(await admin`select n from pair`).toHaveLength(0);
      await client.end({ timeout: 5 });
    });
  }

  it('a failure of its own is rolled back on its connection, which serves others afterwards', async () => {
    const client = clientOf(1);
    const failing = transactionOn(client, async (tx) => {
      await tx`insert into pair values (1, 1)`;
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await expect(transactionOn(client, (tx) => tx`select 1 / 0`)).rejects.toMatchObject({ code: '22012' });
    await transactionOn(client, (tx) => tx`insert into pair values (3, 3)`);
    expect((await client`select n from pair`).map((row) => row.n)).toEqual([3]);
    await client.end({ timeout: 5 });
  });
});
