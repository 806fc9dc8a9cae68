import { serve } from 'inngest/edge';
import postgres from 'postgres';
import { closePool } from '@/lib/db/client';
import { crashPoint } from '@/lib/db/crash-point';
import { createEngine } from '@/lib/engine/engine';
import { SESSION_OPTIONS } from '@/lib/engine/liveness';
import { env, usesInngestServer } from '@/lib/env';
import { describeError } from '@/lib/errors';
import { holdAfterAbsence } from '@/lib/features/runs/hold-after-absence';
import { APP_ID, closeEnginePool, enginePool, engineSigningKey, inngest } from '@/lib/jobs/client';
import { functions } from '@/lib/jobs/functions';
import { startHeartbeat } from '@/lib/jobs/heartbeat';
import { closeChannels, thisProcess } from '@/lib/jobs/process';
import { startPulse } from '@/lib/jobs/pulse';

const log = (line: string) => process.stderr.write(`[worker] ${line}\n`);

async function startEngine(): Promise<{ drain(): Promise<void> }> {
  if (usesInngestServer()) return { drain: async () => undefined };
  const engine = createEngine({
    ...enginePool(),
    session: () => postgres(env().DATABASE_URL, SESSION_OPTIONS),
    signingKey: engineSigningKey(),
    appId: APP_ID,
    leaseMs: env().WAYBILL_ENGINE_LEASE_MS,
    concurrency: env().WAYBILL_WORKER_CONCURRENCY,
    backoffMs: (attempt) => Math.min(500 * 2 ** attempt, 30_000),
    log,
    passing: crashPoint,
  });
  await engine.migrate();
  return engine.start(serve({ client: inngest(), functions: functions() }));
}

/** The process that does the work: executes our durable functions, beats, and drains on SIGTERM with nothing in doubt. */
async function main(): Promise<void> {
  let stop: ((why: string) => Promise<void>) | undefined;
  let asked: string | undefined;
  const ask = (why: string) => {
    if (asked) return;
    asked = why;
    void stop?.(why);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => ask(signal));
  // the launcher is gone: nobody could restart us or read our log
  process.on('disconnect', () => ask('launcher gone'));
  const held = await holdAfterAbsence();
  if (held.length > 0) log(`nothing ran here for hours: ${held.length} runs wait for a person`);
  const heartbeat = await startHeartbeat();
  const engine = await startEngine();
  const pulse = startPulse(heartbeat.beat, log);
  stop = async (why) => {
    log(`${why}: finishing what is on the wire`);
    thisProcess().stopping.abort();
    await engine.drain();
    await pulse.stop();
    await closeChannels();
    await heartbeat.stop();
    await closePool();
    await closeEnginePool();
    process.exit(0);
  };
  log(`${thisProcess().worker} is ready`);
  process.send?.('ready');
  if (asked) await stop(asked);
}

main().catch((error) => {
  log(describeError(error));
  process.exit(1);
});
