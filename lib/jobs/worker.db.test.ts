import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Inngest } from 'inngest';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Capture, startCapture } from '@/lib/channels/capture/start-capture';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { createCampaign } from '@/lib/features/campaigns/create-campaign';
import { launchCampaign } from '@/lib/features/campaigns/launch-campaign';
import { sweepRuns } from '@/lib/features/runs/sweep-runs';
import { APP_ID } from '@/lib/jobs/client';
import { RUN_LAUNCHED } from '@/lib/jobs/events';

const SIGNING_KEY = `signkey-test-${'ab'.repeat(32)}`;

import { createSendOnly } from '@/lib/engine/engine';
import { runProgress } from '@/lib/features/runs/run-progress';
import { type DispatchFixture, dispatchFixture, draftOf } from '@/lib/features/testing/dispatch-fixture';

let database: TestDatabase;
let capture: Capture;
let dir: string;
const workers = new Set<ChildProcess>();
/** Settles once a worker answers to signals. */
const readiness = new Map<ChildProcess, Promise<void>>();

function startWorker(env: Record<string, string> = {}): ChildProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', 'lib/jobs/worker.ts'], {
    stdio: ['ignore', 'inherit', 'pipe'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      WAYBILL_PROVIDER_PRIVATE_HOSTS: '127.0.0.1',
      DATABASE_URL: database.url,
      WAYBILL_SECRET: 'a secret of the tests, forty characters long',
      WAYBILL_ENGINE_SIGNING_KEY: SIGNING_KEY,
      ...env,
    },
  });
  workers.add(child);
  readiness.set(
    child,
    new Promise((resolve) => {
      child.stderr?.on('data', (text) => String(text).includes('is ready') && resolve());
    }),
  );
  child.once('exit', () => workers.delete(child));
  return child;
}

const ended = (child: ChildProcess) => new Promise((resolve) => child.once('exit', resolve));

async function until<T>(what: string, look: () => Promise<T | null | false>, withinMs = 60_000): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > deadline) throw new Error(`Not within ${withinMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** How often each message arrived at the relay, by Message-ID. */
async function arrivals(): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  let cursor = '';
  for (;;) {
    const page = (await fetch(`http://127.0.0.1:${capture.httpPort}/inbox?limit=200${cursor}`).then((r) =>
      r.json(),
    )) as {
      messages: { messageId: string }[];
      nextCursor: string | null;
    };
    for (const { messageId } of page.messages) counts.set(messageId, (counts.get(messageId) ?? 0) + 1);
    if (!page.nextCursor) return counts;
    cursor = `&cursor=${page.nextCursor}`;
  }
}

beforeAll(async () => {
  database = await testDatabase();
  await openPoolAt(database.url);
  dir = await mkdtemp(path.join(tmpdir(), 'waybill-worker-'));
  capture = await startCapture({ dir, durable: true });
});

afterAll(async () => {
  for (const child of workers) child.kill('SIGKILL');
  await closePool();
  await capture.close();
  await database.drop();
  await rm(dir, { recursive: true, force: true });
});

async function launch(f: DispatchFixture, maxPerSecond?: number): Promise<string> {
  const policy = { waveSize: 200, ...(maxPerSecond ? { maxPerSecond } : {}) };
  const { id } = await createCampaign(f.ctx, { name: 'Launch', draft: draftOf(f, ['email', 'record'], { policy }) });
  // no event is sent: the sweep has to find the run by itself
  const { runId } = await launchCampaign(f.ctx, { campaignId: id });
  await pool()`update runs set created_at = now() - interval '1 hour' where id = ${runId}`;
  return runId;
}

async function accepted(f: DispatchFixture, runId: string): Promise<number> {
  return (await runProgress(f.ctx, runId)).steps[0]?.counts.accepted ?? 0;
}

describe('workers that are killed while they send', () => {
  it('go on where they stopped after a restart: nobody is lost and nobody gets it twice', async () => {
    const ports = { smtpPort: capture.smtpPort, smsUrl: `http://127.0.0.1:${capture.httpPort}` };
    const f = await dispatchFixture(ports, 600);
    const runId = await launch(f, 150);
    await startAndWake(runId, f);
    for (const threshold of [60, 200, 380]) {
      await until(`${threshold} accepted`, async () => (await accepted(f, runId)) >= threshold);
      const [victim] = workers;
      if (!victim) throw new Error('no worker is running');
      const gone = ended(victim);
      victim.kill('SIGKILL');
      await gone;
      startWorker();
    }
    await until('completion', async () => (await runProgress(f.ctx, runId)).status === 'completed');
    const progress = await runProgress(f.ctx, runId);
    const [first] = progress.steps;
    expect(progress.balanced).toBe(true);
    expect((first?.counts.accepted ?? 0) + (first?.counts.in_doubt ?? 0)).toBe(600);
    const counts = await arrivals();
    expect([...counts.values()].filter((n) => n > 1)).toEqual([]);
    expect(counts.size).toBeGreaterThanOrEqual(first?.counts.accepted ?? 0);
    expect(counts.size).toBeLessThanOrEqual(600);
    const [survivor] = workers;
    const drained = survivor ? ended(survivor) : Promise.resolve(0);
    survivor?.kill('SIGTERM');
    expect(await drained).toBe(0);
  }, 120_000);
});

describe('a worker that is asked to stop while it sends', () => {
  it('finishes what is on the wire: three stops in a row leave nothing in doubt and repeat nothing', async () => {
    const ports = { smtpPort: capture.smtpPort, smsUrl: `http://127.0.0.1:${capture.httpPort}` };
    const f = await dispatchFixture(ports, 240, (n) => `d${n}@drained.example`);
    const runId = await launch(f, 60);
    const before = (await arrivals()).size;
    await startAndWake(runId, f);
    for (let stops = 0; stops < 3; stops++) {
      const [worker] = workers;
      if (!worker) throw new Error('no worker is running');
      await readiness.get(worker);
      const so = await accepted(f, runId);
      await until('more accepted', async () => (await accepted(f, runId)) > so + 10);
      const gone = ended(worker);
      worker.kill('SIGTERM');
      expect(await gone).toBe(0);
      const [left] = await pool()`select count(*)::int as n from intents where run_id = ${runId} and closed_at is null`;
      expect(left).toEqual({ n: 0 });
      startWorker();
    }
    await until('completion', async () => (await runProgress(f.ctx, runId)).status === 'completed');
    expect((await runProgress(f.ctx, runId)).steps[0]?.counts).toMatchObject({ accepted: 240, in_doubt: 0, failed: 0 });
    const counts = await arrivals();
    expect([counts.size - before, Math.max(...counts.values())]).toEqual([240, 1]);
    const [last] = workers;
    const drained = last ? ended(last) : Promise.resolve(0);
    last?.kill('SIGTERM');
    expect(await drained).toBe(0);
  }, 120_000);
});

async function startAndWake(runId: string, f: DispatchFixture): Promise<void> {
  startWorker();
  await until('the sweep finds the run', async () => (await sweepRuns()).launch.some((run) => run.runId === runId));
  const sql = postgres(database.url, { max: 2, onnotice: () => undefined });
  const client = new Inngest({
    id: APP_ID,
    isDev: false,
    eventKey: 'embedded',
    signingKey: SIGNING_KEY,
    baseUrl: 'http://engine.embedded',
    fetch: createSendOnly({ sql, signingKey: SIGNING_KEY }).fetch,
  });
  await until(
    'the engine has its tables',
    async () => (await sql`select to_regnamespace('engine') is not null as ready`)[0]?.ready,
  );
  await client.send({ name: RUN_LAUNCHED, data: { workspaceId: f.ctx.workspaceId, runId } });
  await sql.end();
}
