import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closePool, openPoolAt } from '@/lib/db/client';
import { closeEnginePool } from '@/lib/jobs/client';
import { sendRunLaunched } from '@/lib/jobs/send-events';
import { bundleProgram } from './bundle';
import { checkBooks } from './chaos/check';
import { type Provider, startProvider } from './chaos/cluster';
import { launch } from './chaos/launch';
import { Watch } from './chaos/watch';
import { adoptEnvironment, ROOT } from './environment';
import { isAlive, isPostgres } from './postgres/owner';

const RECIPIENTS = 400;
const GOES_ON_WITHIN_MS = 30_000;
const SERVE = `
  import { openStack } from './scripts/stack';
  const say = (line) => process.stderr.write(line + '\\n');
  const given = { ...process.env };
  const stack = await openStack({ home: process.argv[1], given, port: 3900, host: '127.0.0.1', fromSources: false, say });
  stack.startWorker();
  const { databaseUrl, postgres, supervisor, env } = stack;
  process.stdout.write(JSON.stringify({ databaseUrl, postgres: postgres.pid, worker: supervisor.pidOf('worker') }));
  process.stdin.resume().once('end', () => stack.stop().then(() => process.exit(0)));
`;

interface Started {
  launcher: ChildProcess;
  databaseUrl: string;
  postgres: number;
  worker: number;
}

// one test after another on one run, as one bad day would have it
describe('a run that is being sent', { timeout: 180_000 }, () => {
  const home = mkdtempSync(path.join(os.tmpdir(), 'waybill-restart-'));
  const settings = {
    WAYBILL_SECRET: randomBytes(32).toString('hex'),
    WAYBILL_ENGINE_SIGNING_KEY: `signkey-test-${randomBytes(32).toString('hex')}`,
    WAYBILL_PROVIDER_PRIVATE_HOSTS: '*',
    WAYBILL_RETRY_BASE_MS: '1000',
  };
  let provider: Provider;
  let started: Started;
  let watch: Watch;
  let runId = '';

  async function start(): Promise<void> {
    const args = ['--import', 'tsx', '--input-type=module', '--eval', SERVE, home];
    const env = { ...process.env, ...settings, DATABASE_URL: undefined };
    const launcher = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['pipe', 'pipe', 'inherit'] });
    const said = await new Promise<string>((resolve, reject) => {
      launcher.stdout?.once('data', (chunk) => resolve(String(chunk)));
      launcher.once('exit', (code) => reject(new Error(`The launcher ended (${code}).`)));
    });
    started = { launcher, ...(JSON.parse(said) as Omit<Started, 'launcher'>) };
    await openPoolAt(started.databaseUrl, 2);
    adoptEnvironment({ ...settings, DATABASE_URL: started.databaseUrl });
    await watch?.end();
    watch = new Watch(started.databaseUrl, runId);
  }

  async function goesOn(): Promise<void> {
    const before = (await watch.settled()) ?? 0;
    expect(before).toBeLessThan(RECIPIENTS);
    expect(await watch.moved(before, GOES_ON_WITHIN_MS)).toBeGreaterThan(before);
  }

  beforeAll(async () => {
    chmodSync(home, 0o711);
    const program = await bundleProgram('lib/channels/faulty/main.ts', home);
    provider = await startProvider(program, path.join(home, 'provider'), 'restart', { latencyMs: [300, 600] });
    await start();
    const launched = await launch('smtp', provider, RECIPIENTS);
    runId = launched.runId;
    await sendRunLaunched(launched);
    // the watching connections must not go down with what they watch
    await Promise.all([closeEnginePool(), closePool(), watch.end()]);
    watch = new Watch(started.databaseUrl, runId);
  }, 120_000);
  afterAll(async () => {
    await watch?.end();
    if (started) {
      started.launcher.stdin?.end();
      await new Promise((resolve) => started.launcher.once('exit', resolve));
    }
    provider?.stop();
    rmSync(home, { recursive: true, force: true });
  }, 60_000);

  it('goes on by itself when the worker is killed', async () => {
    expect(await watch.moved(0, GOES_ON_WITHIN_MS)).not.toBeNull();
    process.kill(started.worker, 'SIGKILL');
    await goesOn();
  });

  it('goes on by itself when PostgreSQL is killed', async () => {
    process.kill(started.postgres, 'SIGKILL');
    await expect.poll(() => isPostgres(started.postgres), { timeout: 10_000 }).toBe(false);
    await goesOn();
  });

  it('goes on when everything is killed and started again, with nothing left of before', async () => {
    const { launcher, worker } = started;
    launcher.kill('SIGKILL');
    if (isAlive(worker)) process.kill(worker, 'SIGKILL');
    await start();
    await closePool();
    await goesOn();
  });

  it('completes with nobody lost, nobody told twice, and every row as the provider has it', async () => {
    await provider.setPlan({ latencyMs: [1, 5] });
    expect(await watch.completed(120_000)).toBe(true);
    const { violations, ...verdict } = await checkBooks(started.databaseUrl, provider.ledgerPath, runId, 'smtp');
    expect(violations).toEqual([]);
    expect(verdict).toMatchObject({ lost: 0, duplicated: 0, wrong: 0, failed: 0 });
    expect(verdict.accepted + verdict.in_doubt).toBe(RECIPIENTS);
  });
});
