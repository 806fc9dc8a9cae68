import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closePool, openPoolAt, pool, withTx } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { runProgress } from '@/lib/features/runs/run-progress';
import { type CutProxy, cutProxy } from '@/lib/features/testing/cut-proxy';
import { type FaultyDispatch, faultyDispatch, script } from '@/lib/features/testing/faulty-dispatch';

let database: TestDatabase;
let direct: postgres.Sql;

beforeAll(async () => {
  database = await testDatabase();
  direct = postgres(database.url, { max: 3, onnotice: () => undefined });
});
beforeEach(() => openPoolAt(database.url));
afterEach(closePool);
afterAll(async () => {
  await direct.end();
  await database.drop();
});

async function attemptsOf({ runId }: FaultyDispatch): Promise<number[]> {
  const rows = await direct<{ n: number }[]>`
    select (select count(*)::int from delivery_attempts a where a.delivery_id = d.id)
      + (d.answer is not null and d.attempts = 1)::int as n
    from deliveries d where d.run_id = ${runId} order by n`;
  return rows.map(({ n }) => n);
}

async function isBlocked(): Promise<boolean> {
  const [row] = await direct<{ blocked: boolean }[]>`
    select exists (select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock') as blocked`;
  return row?.blocked ?? false;
}

describe('B · the database while results are stored', () => {
  it.each([
    ['before', 'in one statement', {}, Array(10).fill(1)],
    ['after', 'in one statement', {}, Array(10).fill(1)],
    ['before', 'in a transaction', script.smtp('data_451', 'c3@*'), [...Array(9).fill(1), 2]],
    ['after', 'in a transaction', script.smtp('data_451', 'c3@*'), [...Array(9).fill(1), 2]],
  ] as const)(
    'B3: a connection cut %s the commit of results %s: they are stored once, and nobody is sent to again',
    async (when, _, plan, attempts) => {
      const d = await faultyDispatch('smtp', plan);
      let proxy: CutProxy | undefined;
      try {
        proxy = await cutProxy(database.url, when, () => d.arrived() > 0 && (proxy?.cuts() ?? 0) === 0);
        await openPoolAt(proxy.url);
        expect(await d.finish()).toBe('completed');
        expect(proxy.cuts()).toBe(1);
      } finally {
        await openPoolAt(database.url);
        await proxy?.close();
      }
      expect([await d.counts(), d.mostArrivals(), d.arrived()]).toEqual([{ accepted: 10 }, 1, 10]);
      expect((await attemptsOf(d)).sort()).toEqual(attempts);
      expect((await runProgress(d.f.ctx, d.runId)).balanced).toBe(true);
    },
  );

  it('B4: results that PostgreSQL throws out of a deadlock are stored at the next try', async () => {
    const d = await faultyDispatch('resend', {});
    let sending: Promise<string> | undefined;
    await direct.begin(async (other) => {
      await other`set local deadlock_timeout = '1min'`;
      await other`select 1 from deliveries where id = (select max(id) from deliveries where run_id = ${d.runId}) for update`;
      sending = d.finish();
      while (!(await isBlocked())) await new Promise((resolve) => setTimeout(resolve, 20));
      // now each waits for what the other holds; the settling side finds out first
      await other`select 1 from deliveries where run_id = ${d.runId} for update`;
    });
    expect(await sending).toBe('completed');
    const [stats] = await direct<{ n: number }[]>`
      select deadlocks::int as n from pg_stat_database where datname = current_database()`;
    expect(stats?.n).toBeGreaterThan(0);
    expect([await d.counts(), d.mostArrivals(), d.arrived()]).toEqual([{ accepted: 10 }, 1, 10]);
    expect(await attemptsOf(d)).toEqual(Array(10).fill(1));
  });

  it.each([
    ['intents', 'smtp', { accepted: 10 }],
    ['run_counters', 'resend', { accepted: 10 }],
    ['run_counters', 'smtp', { in_doubt: 10 }],
  ] as const)(
    'B5: no room left for %s over %s: nothing goes out twice, and it goes on by itself',
    async (table, dialect, end) => {
      const d = await faultyDispatch(dialect, {});
      await direct.unsafe(`
      create function disk_is_full() returns trigger language plpgsql as
        $$ begin raise exception 'could not extend file: No space left on device' using errcode = 'disk_full'; end $$;
      create trigger full_disk before insert on ${table} execute function disk_is_full()`);
      try {
        await expect(d.send()).rejects.toThrow('No space left');
      } finally {
        await direct.unsafe(`drop trigger full_disk on ${table}; drop function disk_is_full`);
      }
      if (table === 'intents') expect(d.arrived()).toBe(0);
      await direct`update batches set lease_until = now() - interval '1 second' where run_id = ${d.runId} and state = 'ready'`;
      expect(await d.finish()).toBe('completed');
      expect([await d.counts(), d.mostArrivals(), d.arrived()]).toEqual([end, 1, 10]);
      expect((await runProgress(d.f.ctx, d.runId)).balanced).toBe(true);
    },
  );

  it('B6: with two connections for everybody all wait their turn, and no tenant stays behind on a connection', async () => {
    const d = await faultyDispatch('smtp', {}, 60, { policy: { waveSize: 10 } });
    await openPoolAt(database.url, 2);
    const person = {
      ...d.f.ctx,
      actor: { type: 'user' as const, userId: 'usr_a', name: 'Ann', role: 'owner' as const },
    };
    const looks = Array.from({ length: 30 }, () => withTx(person, ({ sql }) => sql`select count(*) from contacts`));
    await Promise.all([d.finish(), d.finish(), d.finish(), ...looks]);
    expect(await d.finish()).toBe('completed');
    expect([await d.counts(), d.mostArrivals()]).toEqual([{ accepted: 60 }, 1]);
    const left = await Promise.all(
      Array.from(
        { length: 20 },
        () => pool()`
          select coalesce(current_setting('waybill.workspace', true), '') as workspace, current_user = session_user as owner`,
      ),
    );
    expect(left.map(([row]) => row)).toEqual(Array(20).fill({ workspace: '', owner: true }));
  });
});
