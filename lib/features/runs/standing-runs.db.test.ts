import { afterAll, beforeAll, expect, it } from 'vitest';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { claimBatch, releaseBatch } from '@/lib/features/deliveries/claim-batch';
import { advanceRun } from '@/lib/features/runs/advance-run';
import { pauseRun } from '@/lib/features/runs/change-run';
import { findStandingRuns } from '@/lib/features/runs/find-standing-runs';
import {
  type DispatchFixture,
  dispatchFixture,
  draftOf,
  launchAndQueue,
} from '@/lib/features/testing/dispatch-fixture';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
  await openPoolAt(database.url);
});
afterAll(async () => {
  await closePool();
  await database.drop();
});

/** A sending run whose only batch came due so long ago. */
async function dueSince(seconds: number): Promise<{ f: DispatchFixture; runId: string; stands(): Promise<boolean> }> {
  const f = await dispatchFixture({ smtpPort: 1, smsUrl: 'http://127.0.0.1:1' }, 2);
  const runId = await launchAndQueue(f, draftOf(f, ['email']));
  await advanceRun(f.ctx.workspaceId, runId);
  await pool()`update batches set not_before = now() - ${seconds} * interval '1 second' where run_id = ${runId}`;
  const stands = async () => (await findStandingRuns()).some((run) => run.runId === runId);
  return { f, runId, stands };
}

it('a run whose sender was lost is found within seconds, so that it goes on without waiting for the sweep', async () => {
  const { runId, stands } = await dueSince(9);
  expect(await stands()).toBe(true);
  // somebody took it over, and died too
  const batch = await claimBatch(runId, 'wrk_second');
  expect(await stands()).toBe(false);
  await pool()`update batches set lease_until = now() - interval '9 seconds' where id = ${batch?.id ?? ''}`;
  expect(await stands()).toBe(true);
  const again = await claimBatch(runId, 'wrk_third');
  if (again) await releaseBatch(again, 'wrk_third', null);
  expect(await stands()).toBe(true);
});

it('a run that waits for its time, a person or a breaker is left alone', async () => {
  const early = await dueSince(-30);
  const paused = await dueSince(9);
  await pauseRun(paused.f.ctx, paused.runId);
  const broken = await dueSince(9);
  await pool()`update provider_accounts set breaker_retry_at = now() + interval '1 minute' where id = ${broken.f.emailAccountId}`;
  expect([await early.stands(), await paused.stands(), await broken.stands()]).toEqual([false, false, false]);
});

it('a run that has stood for minutes is left to the sweep', async () => {
  const { runId, stands } = await dueSince(200);
  await pool()`update runs set last_progress_at = now() - interval '3 minutes', queued_at = now() - interval '3 minutes' where id = ${runId}`;
  expect(await stands()).toBe(false);
});
