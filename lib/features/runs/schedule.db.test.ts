import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { createCampaign } from '@/lib/features/campaigns/create-campaign';
import { launchCampaign } from '@/lib/features/campaigns/launch-campaign';
import { pauseRun, resumeRun } from '@/lib/features/runs/change-run';
import { getRun } from '@/lib/features/runs/get-run';
import { sweepRuns } from '@/lib/features/runs/sweep-runs';
import { type DispatchFixture, dispatchFixture, draftOf } from '@/lib/features/testing/dispatch-fixture';

let database: TestDatabase;
let f: DispatchFixture;

beforeAll(async () => {
  database = await testDatabase();
  await openPoolAt(database.url);
  f = await dispatchFixture({ smtpPort: 1, smsUrl: 'http://127.0.0.1:1' }, 3);
});

afterAll(async () => {
  await closePool();
  await database.drop();
});

async function scheduled(minutesAgo: number): Promise<{ campaignId: string; runId: string }> {
  const schedule = { kind: 'at' as const, at: new Date(Date.now() + 3_600_000).toISOString() };
  const notify = { emails: ['ops@telco.example'], events: ['missed' as const] };
  const { id } = await createCampaign(f.ctx, { name: 'Nine', draft: draftOf(f, ['email'], { schedule, notify }) });
  const { runId } = await launchCampaign(f.ctx, { campaignId: id });
  await pool()`update runs set scheduled_at = now() - make_interval(mins => ${minutesAgo}) where id = ${runId}`;
  return { campaignId: id, runId };
}

const statusOf = async (runId: string) => (await getRun(f.ctx, runId)).status;

describe('G · a scheduled run', () => {
  it('G2: starts by itself when nothing ran at its time for a few minutes', async () => {
    const { runId } = await scheduled(10);
    expect((await sweepRuns()).launch).toContainEqual({ workspaceId: f.ctx.workspaceId, runId });
    expect(await statusOf(runId)).toBe('queuing');
  });

  it('G2: waits for a person when nothing ran for hours, tells so once, and sends when resumed', async () => {
    const { runId } = await scheduled(240);
    await sweepRuns();
    await sweepRuns();
    expect(await statusOf(runId)).toBe('paused');
    const told =
      await pool()`select payload ->> 'detail' as detail from notices where dedupe_key like ${`run:${runId}:missed%`}`;
    expect(told).toEqual([{ detail: expect.stringContaining('Nothing was sent') }]);
    await resumeRun(f.ctx, runId);
    expect(await statusOf(runId)).toBe('queuing');
  });

  it('that a person paused beyond its time starts when it is resumed', async () => {
    const { runId } = await scheduled(-10);
    await pauseRun(f.ctx, runId);
    await pool()`update runs set scheduled_at = now() - interval '3 hours' where id = ${runId}`;
    await sweepRuns();
    await resumeRun(f.ctx, runId);
    await sweepRuns();
    expect(await statusOf(runId)).toBe('queuing');
  });

  it('G5: whose tick comes twice at once is started once', async () => {
    const { runId } = await scheduled(1);
    const sweeps = await Promise.all([sweepRuns(), sweepRuns(), sweepRuns()]);
    expect(sweeps.filter(({ launch }) => launch.some((run) => run.runId === runId))).toHaveLength(1);
  });
});
