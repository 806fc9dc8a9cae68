import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Inngest } from 'inngest';
import postgres from 'postgres';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { CRASH_OUTPUTS } from './conformance/crash-functions';
import { Effects, eventually } from './conformance/kit';
import { SIGNING_KEY, silent } from './conformance/targets';
import { createEngine } from './engine';

const WORKER = path.join(import.meta.dirname, 'conformance/crash-worker.ts');
const ROUNDS = 4;
const LEASE_MS = 5000;
const LONG_LEASE_MS = 3_600_000;

let database: TestDatabase;
let sql: postgres.Sql;
let inngest: Inngest;
let effects: Effects;
const workers = new Set<ChildProcess>();

beforeEach(async () => {
  database = await testDatabase();
  sql = postgres(database.url, { max: 3, onnotice: () => undefined });
  const engine = createEngine({ sql, session: () => sql, signingKey: SIGNING_KEY, appId: 'conformance' });
  await engine.migrate();
  effects = new Effects(sql);
  await effects.create();
  const { fetch } = engine;
  inngest = new Inngest({
    id: 'conformance',
    isDev: false,
    eventKey: 'e',
    signingKey: SIGNING_KEY,
    fetch,
    logger: silent,
  });
});

afterEach(async () => {
  for (const worker of [...workers]) await end(worker, 'SIGKILL');
  await sql.end({ timeout: 5 });
  await database.drop();
});

async function startWorker(leaseMs = LEASE_MS): Promise<ChildProcess> {
  const args = ['--import', 'tsx', WORKER, database.url, String(leaseMs)];
  const worker = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  workers.add(worker);
  let errors = '';
  worker.stderr?.on('data', (data) => {
    errors += String(data);
  });
  const started = await Promise.race([
    once(worker.stdout ?? worker, 'data'),
    once(worker, 'exit').then(() => undefined),
  ]);
  if (!started) throw new Error(`The worker did not start: ${errors}`);
  return worker;
}

/** Signals a worker and returns its exit code once it is gone. */
async function end(worker: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  workers.delete(worker);
  if (worker.exitCode !== null || worker.signalCode !== null) return worker.exitCode;
  const gone = once(worker, 'exit');
  worker.kill(signal);
  await gone;
  return worker.exitCode;
}

async function unended(): Promise<number> {
  const [row] = await sql<{ n: number }[]>`
    select (select count(*) from engine.run where ended_at is null)::int
      + (select count(*) from engine.event where routed_at is null)::int as n`;
  return row?.n ?? 0;
}

async function expectNoRecordedStepAgain(): Promise<void> {
  const again =
    await sql`select e.step, e.scope from effect e join engine.step s on s.run_id = e.scope and s.name = e.step
    where e.at > s.recorded_at`;
  expect([...again]).toEqual([]);
}

/** A small repeatable generator: a failing run can be repeated from the seed it prints. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

it('random kill -9 and cut connections: every run ends, no recorded step runs again, outputs are right', async () => {
  const seed = Number(process.env.CRASH_SEED ?? Math.floor(Math.random() * 2 ** 31));
  console.log(`crash seed ${seed}`);
  const random = generator(seed);
  const names = ['sequence', 'parallel', 'parent'];
  await inngest.send(Array.from({ length: 60 }, (_, i) => ({ name: `t/${names[i % 3]}`, data: {} })));
  const pair = await Promise.all([startWorker(), startWorker()]);
  for (let round = 0; round < ROUNDS; round++) {
    await delay(50 + random() * 350);
    const index = random() < 0.5 ? 0 : 1;
    if (random() < 0.25) {
      await sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and random() < 0.5`.catch(() => undefined);
    }
    const victim = pair[index];
    if (victim) await end(victim, 'SIGKILL');
    await inngest.send([{ name: 't/sequence', data: {} }]);
    pair[index] = await startWorker();
  }
  await eventually('every run to end', async () => {
    for (const [index, worker] of pair.entries()) if (worker.exitCode !== null) pair[index] = await startWorker();
    return (await unended()) === 0;
  });
  await expectNoRecordedStepAgain();
  const results = await sql<{ fn: string; status: string; output: unknown; n: number }[]>`
    select replace(fn_id, 'conformance-', '') as fn, status, output::text::json as output, n from (
      select fn_id, status, output::text, count(*)::int as n from engine.run group by 1, 2, 3) r order by fn_id`;
  expect([...results].filter((result) => result.fn !== 'child')).toEqual([
    { fn: 'parallel', status: 'completed', output: CRASH_OUTPUTS.parallel, n: 20 },
    { fn: 'parent', status: 'completed', output: CRASH_OUTPUTS.parent, n: 20 },
    { fn: 'sequence', status: 'completed', output: CRASH_OUTPUTS.sequence, n: 20 + ROUNDS },
  ]);
  expect(
    await sql`select 1 from engine.job union all select 1 from engine.wait union all select 1 from engine.timer`,
  ).toHaveLength(0);
}, 120_000);

it('the jobs of a killed executor are taken over by its lock, long before the lease ends', async () => {
  const [first] = await Promise.all([startWorker(LONG_LEASE_MS), startWorker(LONG_LEASE_MS)]);
  await inngest.send(Array.from({ length: 20 }, () => ({ name: 't/long', data: { ms: 600_000 } })));
  const owners = await eventually('both to hold jobs', async () => {
    const rows = await sql<{ owner: number }[]>`select distinct owner from engine.job where owner is not null`;
    return rows.length === 2 && rows;
  });
  expect(owners).toHaveLength(2);
  if (first) await end(first, 'SIGKILL');
  const [held] = await eventually('the takeover', async () => {
    const rows = await sql<{ owners: number; lost: number }[]>`
      select count(distinct owner)::int as owners, sum(lost)::int as lost from engine.job`;
    return rows[0]?.owners === 1 && rows[0].lost > 0 && rows;
  });
  expect(held?.lost).toBeGreaterThan(0);
}, 60_000);

it('a hung executor loses its jobs when the lease ends, and its late answer counts for nothing', async () => {
  const hung = await startWorker(1500);
  const { ids } = await inngest.send({ name: 't/long', data: { ms: 2000 } });
  await eventually(
    'the step to begin',
    async () => (await sql`select 1 from effect where step = 'long step'`).length === 1,
  );
  hung.kill('SIGSTOP');
  const other = await startWorker(1500);
  const runs = () =>
    sql<{ id: string; status: string }[]>`select id, status from engine.run where event_id = ${ids[0] ?? ''}`;
  const [run] = await eventually('the run to end elsewhere', async () => {
    const rows = await runs();
    return rows[0]?.status === 'completed' && rows;
  });
  hung.kill('SIGCONT');
  expect(await end(hung, 'SIGTERM')).toBe(0);
  expect(await effects.of(run?.id ?? '')).toEqual(['long step', 'long step', 'next']);
  await expectNoRecordedStepAgain();
  expect(await end(other, 'SIGTERM')).toBe(0);
}, 60_000);

it('SIGTERM in the middle of the work loses and repeats nothing', async () => {
  await inngest.send(Array.from({ length: 30 }, () => ({ name: 't/sequence', data: {} })));
  const first = await startWorker();
  await eventually('some steps', async () => (await sql`select 1 from effect`).length > 20);
  expect(await end(first, 'SIGTERM')).toBe(0);
  expect(await sql`select 1 from engine.job where owner is not null`).toHaveLength(0);
  await startWorker();
  await eventually('every run to end', async () => (await unended()) === 0);
  const repeated = await sql`select 1 from effect group by scope, step having count(*) > 1`;
  expect(repeated).toHaveLength(0);
}, 60_000);
