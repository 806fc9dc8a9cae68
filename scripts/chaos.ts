import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { closePool, openPoolAt } from '@/lib/db/client';
import { closeEnginePool } from '@/lib/jobs/client';
import { migrateAll } from '@/lib/jobs/migrate';
import { sendRunLaunched } from '@/lib/jobs/send-events';
import { bundleProgram } from './bundle';
import { checkBooks } from './chaos/check';
import { Cluster, startProvider } from './chaos/cluster';
import { DIALECTS, type Dialect, PLANS, SOUND } from './chaos/dialects';
import { launch } from './chaos/launch';
import { type Harm, harm } from './chaos/nemesis';
import { Watch } from './chaos/watch';
import { readArguments, runCommand } from './command';
import { adoptEnvironment } from './environment';
import { watchdog } from './watchdog';

const USAGE =
  'npm run chaos -- [--seed N] [--seconds S] [--provider smtp|resend|twilio|smpp] [--recipients N] [--workers N] [--kills N --restarts N] [--bug NAME] [--json] [--log]';
const { values } = readArguments(
  {
    seed: { type: 'string' },
    seconds: { type: 'string' },
    provider: { type: 'string' },
    recipients: { type: 'string' },
    workers: { type: 'string' },
    kills: { type: 'string' },
    restarts: { type: 'string' },
    json: { type: 'boolean' },
    log: { type: 'boolean' },
    bug: { type: 'string' },
  },
  USAGE,
);

const LEASE_MS = 3_000;
const START_MS = 60_000;
const DRAIN_MS = 120_000;
const PER_SECOND = 20;
/** What the first worker and those that take its place die at: the launch itself, and the one moment that doubt is made of. */
const OVERTURE = ['in_freeze:1', 'in_queue:1', 'in_queue:2', 'after_wire:2'];

interface Plan {
  seed: number;
  seconds: number;
  dialect: Dialect;
  recipients: number;
  workers: number;
  fixed: { kills: number; restarts: number } | null;
}

function planOf(): Plan {
  const seed = Number(values.seed ?? Math.floor(Math.random() * 1e9));
  const fixed = values.kills || values.restarts;
  const seconds = Number(values.seconds ?? (fixed ? 600 : 60));
  const dialect = DIALECTS.find((one) => one === (values.provider ?? 'smtp'));
  if (!dialect || !Number.isInteger(seed) || !(seconds > 0)) throw new Error(`Usage: ${USAGE}`);
  return {
    seed,
    seconds,
    dialect,
    recipients: Number(values.recipients ?? Math.round(seconds * PER_SECOND)),
    workers: Number(values.workers ?? 3),
    fixed: fixed ? { kills: Number(values.kills ?? 0), restarts: Number(values.restarts ?? 0) } : null,
  };
}

const say = (line: string) => void process.stderr.write(`${line}\n`);
const seconds = (ms: number) => Math.round(ms / 100) / 10;

function environment() {
  return {
    WAYBILL_SECRET: 'a secret of the chaos, forty characters long',
    WAYBILL_ENGINE_SIGNING_KEY: `signkey-chaos-${'cd'.repeat(32)}`,
    WAYBILL_LEASE_MS: String(LEASE_MS),
    WAYBILL_ENGINE_LEASE_MS: '3000',
    WAYBILL_RETRY_BASE_MS: '1000',
    WAYBILL_START_AFTER: '150',
    ...(values.bug ? { WAYBILL_PLANTED_BUG: values.bug } : {}),
    ...(values.log ? { WAYBILL_CHAOS_LOG: '1' } : {}),
  };
}

/** Launches, lets the overture kill whoever begins, and harms the run; answers what was done to it. */
async function sendUnderHarm(
  cluster: Cluster,
  program: string,
  watch: Watch,
  plan: Plan,
  event: () => Promise<void>,
): Promise<Harm> {
  cluster.startWorkers(program, 1, plan.fixed ? [] : OVERTURE);
  await event();
  // harm done before anything is sent would prove nothing
  if ((await watch.moved(0, START_MS)) === null) {
    throw new Error(`Nothing was sent within ${START_MS / 1000} s; the workers did not start.`);
  }
  cluster.startWorkers(program, plan.workers, plan.fixed ? [] : Array(plan.workers - 1).fill('in_sweep:1'));
  const log = (line: string) => values.log && say(`  ${line}`);
  return harm(cluster, watch, { ...plan, leaseMs: LEASE_MS, log });
}

async function run(plan: Plan, folder: string): Promise<number> {
  const env = environment();
  const cluster = new Cluster(folder, env);
  const [url, program, faulty] = await Promise.all([
    cluster.startDatabase(),
    bundleProgram('lib/jobs/worker.ts', path.join(folder, 'worker')),
    bundleProgram('lib/channels/faulty/main.ts', path.join(folder, 'faulty')),
  ]);
  const ofItself = plan.fixed ? SOUND : PLANS[plan.dialect];
  const provider = await startProvider(faulty, path.join(folder, 'provider'), String(plan.seed), ofItself);
  try {
    await migrateAll(url);
    adoptEnvironment({ ...env, DATABASE_URL: url });
    await openPoolAt(url, 4);
    const launched = await launch(plan.dialect, provider, plan.recipients);
    say(`seed ${plan.seed}: ${plan.recipients} recipients over ${plan.dialect}`);
    const watch = new Watch(url, launched.runId);
    const beganAt = Date.now();
    const done = await sendUnderHarm(cluster, program, watch, plan, async () => {
      await sendRunLaunched(launched);
      // no connection but the watch may die of the harm
      await closeEnginePool();
      await closePool();
    });
    const harmEndedAt = Date.now();
    const faults = await provider.faults();
    await provider.setPlan(SOUND);
    const complete = await watch.completed(DRAIN_MS);
    const recoveredMs = Date.now() - harmEndedAt;
    const workerMb = await watch.memoryMb();
    await watch.end();
    const { violations, ...verdict } = await checkBooks(url, provider.ledgerPath, launched.runId, plan.dialect);
    const summary = {
      seed: plan.seed,
      provider: plan.dialect,
      recipients: plan.recipients,
      kills: cluster.kills,
      stops: done.stops,
      cuts: done.cuts,
      db_restarts: done.restarts,
      faults,
      ...verdict,
      slowest_s: seconds(done.slowestMs),
      recovered_s: seconds(recoveredMs),
      worker_mb: workerMb,
      took_s: seconds(Date.now() - beganAt),
    };
    for (const line of violations.slice(0, 20)) say(`  ${line}`);
    if (values.json) console.log(JSON.stringify(summary));
    else for (const [name, value] of Object.entries(summary)) console.log(`${name.padEnd(12)} ${value}`);
    const clean = complete && verdict.lost === 0 && verdict.duplicated === 0 && verdict.wrong === 0;
    say(clean ? 'Nobody was lost, nobody got it twice, nothing is misreported.' : 'THE PROMISE IS BROKEN.');
    return clean ? 0 : 1;
  } finally {
    await cluster.stop();
    provider.stop();
  }
}

runCommand(async () => {
  const plan = planOf();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'waybill-chaos-'));
  // within reach of PostgreSQL's own user, or its data would be kept elsewhere and outlive the folder
  chmodSync(folder, 0o711);
  watchdog().remove(folder);
  try {
    return await run(plan, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
