import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { fromWallClock } from '@/lib/domain/zoned-time';
import { createCampaign } from '@/lib/features/campaigns/create-campaign';
import { launchCampaign } from '@/lib/features/campaigns/launch-campaign';
import { claimBatch } from '@/lib/features/deliveries/claim-batch';
import { advanceRun } from '@/lib/features/runs/advance-run';
import { runProgress } from '@/lib/features/runs/run-progress';
import { sweepRuns } from '@/lib/features/runs/sweep-runs';
import { dispatchFixture, draftOf } from '@/lib/features/testing/dispatch-fixture';
import { faultyDispatch, script } from '@/lib/features/testing/faulty-dispatch';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
  await openPoolAt(database.url);
});
afterEach(() => {
  vi.useRealTimers();
});
afterAll(async () => {
  await closePool();
  await database.drop();
});

const HOUR_MS = 3_600_000;

describe('G · a machine whose clock is wrong', () => {
  it.each([
    ['an hour ahead', HOUR_MS],
    ['an hour behind', -HOUR_MS],
  ])('G1: %s neither takes what another holds, nor retries too soon, nor waits too long', async (_, offMs) => {
    const d = await faultyDispatch('smtp', script.smtp('data_451', 'c3@*'), 6);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + offMs });
    await advanceRun(d.f.ctx.workspaceId, d.runId);
    const held = await claimBatch(d.runId, 'wrk_first');
    expect([held?.runId, await claimBatch(d.runId, 'wrk_second')]).toEqual([d.runId, null]);
    await pool()`update batches set lease_until = now() - interval '1 second' where id = ${held?.id ?? ''}`;
    await d.send();
    const [retry] = await pool()`
      select not_before > now() as later, not_before < now() + interval '10 minutes' as soon from batches
      where run_id = ${d.runId} and state = 'ready'`;
    expect(retry).toEqual({ later: true, soon: true });
    expect(await d.finish()).toBe('completed');
    expect([await d.counts(), d.mostArrivals()]).toEqual([{ accepted: 6 }, 1]);
  });

  it.each([HOUR_MS, -HOUR_MS])('G1: takes everybody to the next step at once (%i ms off)', async (offMs) => {
    const d = await faultyDispatch('smtp', {}, 4, {}, async () => {
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + offMs });
    });
    expect(await d.send()).toBe('completed');
    expect(await d.counts()).toEqual({ accepted: 4 });
  });
});

describe('G · a run scheduled by a clock that changes', () => {
  // next year's nights; Singapore knows none
  it.each([
    ['New York skips', 'America/New_York', '2027-03-14T02:30', '2027-03-14T07:30:00.000Z'],
    ['New York repeats', 'America/New_York', '2027-11-07T01:30', '2027-11-07T05:30:00.000Z'],
    ['London skips', 'Europe/London', '2027-03-28T01:30', '2027-03-28T01:30:00.000Z'],
    ['London repeats', 'Europe/London', '2027-10-31T01:30', '2027-10-31T00:30:00.000Z'],
  ])('G3: at an hour that %s starts exactly once', async (_, timeZone, local, moment) => {
    const f = await dispatchFixture({ smtpPort: 1, smsUrl: 'http://127.0.0.1:1' }, 1);
    const at = fromWallClock(local, timeZone) ?? '';
    expect(at).toBe(moment);
    const schedule = { kind: 'at' as const, at };
    const { id } = await createCampaign(f.ctx, { name: 'Night', draft: draftOf(f, ['email'], { schedule }) });
    const { runId } = await launchCampaign(f.ctx, { campaignId: id });
    const again = await launchCampaign(f.ctx, { campaignId: id });
    expect([again.runId, (await runProgress(f.ctx, runId)).scheduledAt?.toISOString()]).toEqual([runId, moment]);
    const started = async () => (await sweepRuns()).launch.filter((run) => run.runId === runId).length;
    expect(await started()).toBe(0);
    // the first showing of the hour, then the second
    await pool()`update runs set scheduled_at = now() - interval '1 minute' where id = ${runId}`;
    expect(await started()).toBe(1);
    await pool()`update runs set scheduled_at = now() - interval '1 minute' where id = ${runId}`;
    expect(await started()).toBe(0);
  });
});
