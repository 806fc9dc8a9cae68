import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ctx } from '@/lib/context';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { nextOccurrences, type RecurrencePlan } from '@/lib/domain/recurrence';
import { activateCampaign } from '@/lib/features/campaigns/activate-campaign';
import { createCampaign } from '@/lib/features/campaigns/create-campaign';
import { launchCampaign } from '@/lib/features/campaigns/launch-campaign';
import { updateCampaign } from '@/lib/features/campaigns/update-campaign';
import { alarmOverdueOccurrences } from '@/lib/features/occurrences/alarm-overdue';
import { listOccurrences } from '@/lib/features/occurrences/list-occurrences';
import { recurringCampaigns } from '@/lib/features/occurrences/recurring-campaigns';
import { skipOccurrence } from '@/lib/features/occurrences/skip-occurrence';
import { startDueOccurrences } from '@/lib/features/occurrences/start-due-occurrences';
import { DAY_MS, daily, endRun, FAR_TIME, recurring } from '@/lib/features/occurrences/testing';
import { resumeRun } from '@/lib/features/runs/change-run';
import { getRun } from '@/lib/features/runs/get-run';
import { dispatchFixture, draftOf } from '@/lib/features/testing/dispatch-fixture';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
  await openPoolAt(database.url);
});
afterAll(async () => {
  await closePool();
  await database.drop();
});

describe('activation', () => {
  it('freezes the draft and says what comes, by the clock of the zone', async () => {
    const c = await recurring({ from: '2027-03-28', times: ['02:30'], timeZone: 'Europe/Berlin' });
    const { recurrence, coming } = await listOccurrences(c.f.ctx, { campaignId: c.id, coming: 2 });
    expect(recurrence).toMatchObject({ status: 'active', isDraftNewer: false, version: 1 });
    expect(recurrence?.words).toBe('Every day at 02:30, Europe/Berlin, from 28 March 2027');
    // 02:30 is left out that night
    expect(coming.map(({ plannedAt }) => plannedAt.toISOString())).toEqual([
      '2027-03-28T01:30:00.000Z',
      '2027-03-29T00:30:00.000Z',
    ]);
    expect(recurrence?.nextAt).toEqual(coming[0]?.plannedAt);
  });

  it('is the only way in, and needs an occurrence to come', async () => {
    const c = await recurring();
    await expect(launchCampaign(c.f.ctx, { campaignId: c.id })).rejects.toMatchObject({ code: 'precondition' });
    const draft = draftOf(c.f, ['email'], { schedule: daily({ end: { kind: 'on', day: '2026-01-01' } }) });
    const over = await createCampaign(c.f.ctx, { name: 'Over', draft });
    await expect(activateCampaign(c.f.ctx, { campaignId: over.id })).rejects.toMatchObject({ code: 'precondition' });
    expect((await listOccurrences(c.f.ctx, { campaignId: over.id })).recurrence).toBeNull();
  });

  it('asks for the second person that a large launch needs', async () => {
    const c = await recurring();
    await pool()`update workspaces set settings = settings || '{"approvalAboveRecipients": 2}' where id = ${c.f.ctx.workspaceId}`;
    await expect(activateCampaign(c.f.ctx, { campaignId: c.id })).rejects.toThrow(/second person/);
  });

  it('is what counts: a later edit waits for the next one', async () => {
    const c = await recurring();
    const draft = draftOf(c.f, ['email'], { schedule: daily({ times: ['10:01'] }) });
    await updateCampaign(c.f.ctx, { campaignId: c.id, revision: 1, draft });
    const before = await listOccurrences(c.f.ctx, { campaignId: c.id });
    expect([before.recurrence?.isDraftNewer, before.recurrence?.words]).toEqual([
      true,
      expect.stringContaining(FAR_TIME),
    ]);
    await activateCampaign(c.f.ctx, { campaignId: c.id, revision: 2 });
    const after = await listOccurrences(c.f.ctx, { campaignId: c.id });
    expect([after.recurrence?.isDraftNewer, after.recurrence?.version]).toEqual([false, 2]);
    expect(after.recurrence?.words).toContain('10:01');
  });

  it('belongs to its workspace', async () => {
    const c = await recurring();
    const stranger = await dispatchFixture({ smtpPort: 1, smsUrl: 'http://127.0.0.1:1' }, 1);
    await expect(activateCampaign(stranger.ctx, { campaignId: c.id })).rejects.toMatchObject({ code: 'not_found' });
    await expect(listOccurrences(stranger.ctx, { campaignId: c.id })).rejects.toMatchObject({ code: 'not_found' });
    const skip = { campaignId: c.id, plannedAt: new Date(Date.now() + DAY_MS).toISOString() };
    await expect(skipOccurrence(stranger.ctx, skip)).rejects.toMatchObject({ code: 'precondition' });
    const viewer: Ctx = { ...c.f.ctx, actor: { type: 'user', userId: 'usr_v', name: 'Vera', role: 'viewer' } };
    await expect(skipOccurrence(viewer, skip)).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('an occurrence whose time has come', () => {
  it('makes one run, however many look at it at once, and the next one is planned', async () => {
    const c = await recurring();
    const plannedAt = await c.dueSince(1);
    const looks = await Promise.all(Array.from({ length: 6 }, () => startDueOccurrences()));
    expect(looks.flatMap(({ started, failures }) => [...started, ...failures])).toHaveLength(1);
    const runs = await c.runs();
    expect(runs).toMatchObject([{ status: 'queuing', key: `occurrence:${plannedAt.toISOString()}` }]);
    const { recurrence } = await listOccurrences(c.f.ctx, { campaignId: c.id });
    expect(recurrence?.nextAt?.getTime()).toBeGreaterThan(Date.now());
    // as after a clock that went back, or a backup
    await pool()`update recurrences set next_at = ${plannedAt} where campaign_id = ${c.id}`;
    await startDueOccurrences();
    expect(await c.runs()).toHaveLength(1);
  });

  it('carries the version of the activation and the moment it was planned for', async () => {
    const c = await recurring();
    const runId = await c.startOne();
    expect(await getRun(c.f.ctx, runId)).toMatchObject({ versionNumber: 1, launchedBy: { name: 'the schedule' } });
  });

  it('starts by itself when it is a few minutes late, and waits for a person after that, told once', async () => {
    const c = await recurring();
    await c.startOne(20);
    expect(await c.runs()).toMatchObject([{ status: 'queuing' }]);
    const other = await recurring();
    const runId = await other.startOne(240);
    await startDueOccurrences();
    const [run] = await other.runs();
    expect(run).toMatchObject({ status: 'paused', reason: expect.stringContaining('Nothing was sent') });
    expect(await other.told()).toEqual(['run.missed']);
    await resumeRun(other.f.ctx, runId);
    expect((await getRun(other.f.ctx, runId)).status).toBe('queuing');
  });

  it('is one run after days of silence, not a pile of them; what was passed over is told together', async () => {
    const c = await recurring();
    const [row] = await pool()<{ plan: RecurrencePlan }[]>`select plan from recurrences where campaign_id = ${c.id}`;
    const plan = { ...(row?.plan as RecurrencePlan), after: '2020-01-01T00:00:00.000Z', anchor: '2020-01-01' };
    const [first] = nextOccurrences(plan, new Date(Date.now() - 4.2 * DAY_MS), 1);
    await pool()`update recurrences set next_at = ${first ?? null}, plan = ${JSON.stringify(plan)}::jsonb where campaign_id = ${c.id}`;
    await startDueOccurrences();
    expect(await c.runs()).toHaveLength(1);
    const states = await c.states();
    expect(states.filter((state) => state === 'run')).toHaveLength(1);
    expect(states.filter((state) => state === 'missed').length).toBeGreaterThanOrEqual(3);
    expect((await c.told()).filter((topic) => topic === 'campaign.occurrence_missed')).toHaveLength(1);
  });

  it('takes the place of one that waits for a person', async () => {
    const c = await recurring();
    await c.startOne(240);
    await c.startOne(1);
    expect(await c.runs()).toMatchObject([
      { status: 'cancelled', reason: expect.stringContaining('took its place') },
      { status: 'queuing' },
    ]);
  });

  it('ends the recurrence when it is the last', async () => {
    const c = await recurring({ end: { kind: 'after', occurrences: 1 } });
    const [row] = await pool()<{ at: Date }[]>`select next_at as at from recurrences where campaign_id = ${c.id}`;
    await pool()`
      update recurrences set next_at = now() - interval '1 minute', plan = plan || ${JSON.stringify({ lastAt: new Date(Date.now() - 1000).toISOString() })}::jsonb
      where campaign_id = ${c.id} and next_at = ${row?.at ?? null}`;
    await startDueOccurrences();
    const { recurrence, coming } = await listOccurrences(c.f.ctx, { campaignId: c.id });
    expect([recurrence?.status, coming.length, (await c.runs()).length]).toEqual(['ended', 0, 1]);
  });

  it('that cannot be started holds up no other, and is told of once', async () => {
    const broken = await recurring();
    await broken.dueSince(10);
    await pool()`update recurrences set plan = plan - 'times' where campaign_id = ${broken.id}`;
    const c = await recurring();
    await c.dueSince(1);
    const { started, failures } = await startDueOccurrences();
    expect([started.length, failures.length]).toEqual([1, 1]);
    await pool()`update recurrences set plan = plan || ${JSON.stringify({ times: [FAR_TIME] })}::jsonb where campaign_id = ${broken.id}`;
    expect([await alarmOverdueOccurrences(), await alarmOverdueOccurrences()]).toEqual([1, 0]);
    expect(await broken.told()).toEqual(['campaign.occurrence_missed']);
    expect(await recurringCampaigns(broken.f.ctx)).toMatchObject([{ campaignId: broken.id, isOverdue: true }]);
    await startDueOccurrences();
    expect(await broken.runs()).toHaveLength(1);
  });
});

/** A process of its own that decides about what is due and dies before it has committed; answers by which signal it ended. */
async function dieWhileDeciding(): Promise<NodeJS.Signals | null> {
  const code = `
    import { startDueOccurrences } from ${JSON.stringify(`${process.cwd()}/lib/features/occurrences/start-due-occurrences.ts`)};
    await startDueOccurrences();
    process.exit(0);`;
  const env = {
    ...process.env,
    DATABASE_URL: database.url,
    WAYBILL_SECRET: 'a secret for tests, thirty-two chars',
    WAYBILL_CRASH_AT: 'in_occurrence',
  };
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await once(child, 'exit');
  return child.signalCode;
}

describe('an occurrence whose process is killed while it decides', () => {
  // PostgreSQL lets the row go as soon as it notices that who held it is gone
  const decided = (c: Awaited<ReturnType<typeof recurring>>) =>
    expect.poll(async () => [(await startDueOccurrences()).failures, (await c.runs()).length], { timeout: 60_000 });

  it('leaves nothing behind, and the next one makes its one run', async () => {
    const c = await recurring();
    const plannedAt = await c.dueSince(1);
    expect(await Promise.all([dieWhileDeciding(), dieWhileDeciding()])).toContain('SIGKILL');
    expect([await c.runs(), await c.states(), await c.told()]).toEqual([[], [], []]);
    await decided(c).toEqual([[], 1]);
    await startDueOccurrences();
    expect(await c.runs()).toMatchObject([{ status: 'queuing', key: `occurrence:${plannedAt.toISOString()}` }]);
    expect(await c.states()).toEqual(['run']);
  });

  it('tells of what was missed once, whether it died before or not', async () => {
    const c = await recurring();
    const [row] = await pool()<{ plan: RecurrencePlan }[]>`select plan from recurrences where campaign_id = ${c.id}`;
    await c.dueSince(0);
    const plan = { ...(row?.plan as RecurrencePlan), after: '2020-01-01T00:00:00.000Z', anchor: '2020-01-01' };
    const [first] = nextOccurrences(plan, new Date(Date.now() - 3.2 * DAY_MS), 1);
    await pool()`update recurrences set next_at = ${first ?? null} where campaign_id = ${c.id}`;
    expect(await dieWhileDeciding()).toBe('SIGKILL');
    expect([await c.runs(), await c.told()]).toEqual([[], []]);
    await decided(c).toEqual([[], 1]);
    await startDueOccurrences();
    expect((await c.told()).sort()).toEqual(['campaign.occurrence_missed', 'run.missed']);
    expect(await c.runs()).toMatchObject([{ status: 'paused' }]);
  });
});

describe('while the occurrence before is under way', () => {
  it('the next one is left out and told of, by default', async () => {
    const c = await recurring();
    await c.startOne(3);
    await c.startOne(1);
    expect([(await c.runs()).length, await c.states()]).toEqual([1, ['skipped', 'run']]);
    expect(await c.told()).toEqual(['campaign.occurrence_skipped']);
    const [last] = (await recurringCampaigns(c.f.ctx)).map((one) => one.last?.reason);
    expect(last).toMatch(/was still under way/);
  });

  it('it waits for its turn when asked to, one at a time', async () => {
    const c = await recurring({ overlap: 'wait' });
    const first = await c.startOne(5);
    await c.startOne(3);
    await c.startOne(1);
    expect(await c.states()).toEqual(['skipped', 'waiting', 'run']);
    await startDueOccurrences();
    expect(await c.runs()).toHaveLength(1);
    await endRun(first);
    await Promise.all([startDueOccurrences(), startDueOccurrences()]);
    expect([(await c.runs()).length, await c.states()]).toEqual([2, ['skipped', 'run', 'run']]);
  });

  it('it runs beside it when asked to', async () => {
    const c = await recurring({ overlap: 'start' });
    await c.startOne(3);
    await c.startOne(1);
    expect(await c.runs()).toMatchObject([{ status: 'queuing' }, { status: 'queuing' }]);
  });
});
