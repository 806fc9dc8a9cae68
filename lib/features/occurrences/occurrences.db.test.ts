import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ctx, systemCtx } from '@/lib/context';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import type { CampaignDraftInput } from '@/lib/domain/campaign';
import { nextOccurrences, type RecurrencePlan } from '@/lib/domain/recurrence';
import { activateCampaign, deactivateCampaign } from '@/lib/features/campaigns/activate-campaign';
import { archiveCampaign, restoreCampaign } from '@/lib/features/campaigns/archive-campaign';
import { createCampaign } from '@/lib/features/campaigns/create-campaign';
import { launchCampaign } from '@/lib/features/campaigns/launch-campaign';
import { updateCampaign } from '@/lib/features/campaigns/update-campaign';
import { alarmOverdueOccurrences } from '@/lib/features/occurrences/alarm-overdue';
import { judgeOccurrences } from '@/lib/features/occurrences/judge-occurrences';
import { listOccurrences } from '@/lib/features/occurrences/list-occurrences';
import { comingOccurrences, recurringCampaigns } from '@/lib/features/occurrences/recurring-campaigns';
import { runOccurrenceNow } from '@/lib/features/occurrences/run-occurrence-now';
import { skipOccurrence } from '@/lib/features/occurrences/skip-occurrence';
import { startDueOccurrences } from '@/lib/features/occurrences/start-due-occurrences';
import { resumeRun } from '@/lib/features/runs/change-run';
import { getRun } from '@/lib/features/runs/get-run';
import { type DispatchFixture, dispatchFixture, draftOf } from '@/lib/features/testing/dispatch-fixture';

let database: TestDatabase;
let f: DispatchFixture;

beforeAll(async () => {
  database = await testDatabase();
  await openPoolAt(database.url);
});
afterAll(async () => {
  await closePool();
  await database.drop();
});

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const ALARMS = ['missed', 'skipped', 'empty', 'unusual', 'late'] as const;

type Schedule = Extract<NonNullable<CampaignDraftInput['schedule']>, { kind: 'recurring' }>;

const daily = (over: Partial<Schedule> = {}): Schedule => ({
  kind: 'recurring',
  repeat: { unit: 'day' },
  times: ['09:00'],
  timeZone: 'Asia/Singapore',
  ...over,
});

async function recurring(over: Partial<Schedule> = {}, people = 3): Promise<string> {
  f = await dispatchFixture({ smtpPort: 1, smsUrl: 'http://127.0.0.1:1' }, people);
  const notify = { emails: ['ops@telco.example'], events: [...ALARMS] };
  const draft = draftOf(f, ['email'], { schedule: daily(over), notify });
  const { id } = await createCampaign(f.ctx, { name: 'Daily', draft });
  await activateCampaign(f.ctx, { campaignId: id });
  return id;
}

/** The plan as if it had been activated long ago, and its next occurrence so many minutes ago. */
async function dueSince(campaignId: string, minutes: number): Promise<Date> {
  const plannedAt = new Date(Math.floor(Date.now() / MINUTE_MS - minutes) * MINUTE_MS);
  await pool()`
    update recurrences set next_at = ${plannedAt}, plan = plan || '{"after": "2020-01-01T00:00:00.000Z", "anchor": "2020-01-01"}'::jsonb
    where campaign_id = ${campaignId}`;
  return plannedAt;
}

async function runsOf(campaignId: string) {
  return await pool()<{ id: string; status: string; key: string; reason: string | null }[]>`
    select id, status, occurrence_key as key, status_reason as reason from runs where campaign_id = ${campaignId} order by id`;
}

async function startOne(campaignId: string, minutesAgo = 1) {
  await dueSince(campaignId, minutesAgo);
  await startDueOccurrences();
  return (await runsOf(campaignId)).at(-1)?.id ?? '';
}

async function end(runId: string, audience = 3): Promise<void> {
  await pool()`
    update runs set status = 'completed', queued_at = now(), completed_at = now(), audience_count = ${audience} where id = ${runId}`;
}

async function told(campaignId: string): Promise<string[]> {
  const rows = await pool()<{ topic: string }[]>`
    select topic from notices where workspace_id = ${f.ctx.workspaceId}
      and (payload ->> 'campaignId' = ${campaignId} or payload ->> 'runId' in (select id from runs where campaign_id = ${campaignId}))
    order by created_at, topic`;
  return rows.map(({ topic }) => topic);
}

const statesOf = async (campaignId: string) =>
  (await listOccurrences(f.ctx, { campaignId })).past.map(({ state }) => state);

describe('activation', () => {
  it('freezes the draft and says what comes, by the clock of the zone', async () => {
    const id = await recurring({ from: '2027-03-28', times: ['02:30'], timeZone: 'Europe/Berlin' });
    const { recurrence, coming } = await listOccurrences(f.ctx, { campaignId: id, coming: 2 });
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
    const id = await recurring();
    await expect(launchCampaign(f.ctx, { campaignId: id })).rejects.toMatchObject({ code: 'precondition' });
    const draft = draftOf(f, ['email'], { schedule: daily({ end: { kind: 'on', day: '2026-01-01' } }) });
    const over = await createCampaign(f.ctx, { name: 'Over', draft });
    await expect(activateCampaign(f.ctx, { campaignId: over.id })).rejects.toMatchObject({ code: 'precondition' });
    expect((await listOccurrences(f.ctx, { campaignId: over.id })).recurrence).toBeNull();
  });

  it('asks for the second person that a large launch needs', async () => {
    const id = await recurring();
    await pool()`update workspaces set settings = settings || '{"approvalAboveRecipients": 2}' where id = ${f.ctx.workspaceId}`;
    await expect(activateCampaign(f.ctx, { campaignId: id })).rejects.toThrow(/second person/);
  });

  it('is what counts: a later edit waits for the next one', async () => {
    const id = await recurring();
    const draft = draftOf(f, ['email'], { schedule: daily({ times: ['10:00'] }) });
    await updateCampaign(f.ctx, { campaignId: id, revision: 1, draft });
    const before = await listOccurrences(f.ctx, { campaignId: id });
    expect([before.recurrence?.isDraftNewer, before.recurrence?.words]).toEqual([
      true,
      expect.stringContaining('09:00'),
    ]);
    await activateCampaign(f.ctx, { campaignId: id, revision: 2 });
    const after = await listOccurrences(f.ctx, { campaignId: id });
    expect([after.recurrence?.isDraftNewer, after.recurrence?.version]).toEqual([false, 2]);
    expect(after.recurrence?.words).toContain('10:00');
  });

  it('belongs to its workspace', async () => {
    const id = await recurring();
    const stranger = await dispatchFixture({ smtpPort: 1, smsUrl: 'http://127.0.0.1:1' }, 1);
    await expect(activateCampaign(stranger.ctx, { campaignId: id })).rejects.toMatchObject({ code: 'not_found' });
    await expect(listOccurrences(stranger.ctx, { campaignId: id })).rejects.toMatchObject({ code: 'not_found' });
    const skip = { campaignId: id, plannedAt: new Date(Date.now() + DAY_MS).toISOString() };
    await expect(skipOccurrence(stranger.ctx, skip)).rejects.toMatchObject({ code: 'precondition' });
    const viewer: Ctx = { ...f.ctx, actor: { type: 'user', userId: 'usr_v', name: 'Vera', role: 'viewer' } };
    await expect(skipOccurrence(viewer, skip)).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('an occurrence whose time has come', () => {
  it('makes one run, however many look at it at once, and the next one is planned', async () => {
    const id = await recurring();
    const plannedAt = await dueSince(id, 1);
    const looks = await Promise.all(Array.from({ length: 6 }, () => startDueOccurrences()));
    expect(looks.flatMap(({ started, failures }) => [...started, ...failures])).toHaveLength(1);
    const runs = await runsOf(id);
    expect(runs).toMatchObject([{ status: 'queuing', key: `occurrence:${plannedAt.toISOString()}` }]);
    const { recurrence } = await listOccurrences(f.ctx, { campaignId: id });
    expect(recurrence?.nextAt?.getTime()).toBeGreaterThan(Date.now());
    // as after a clock that went back, or a backup
    await pool()`update recurrences set next_at = ${plannedAt} where campaign_id = ${id}`;
    await startDueOccurrences();
    expect(await runsOf(id)).toHaveLength(1);
  });

  it('carries the version of the activation and the moment it was planned for', async () => {
    const id = await recurring();
    const runId = await startOne(id);
    expect(await getRun(f.ctx, runId)).toMatchObject({ versionNumber: 1, launchedBy: { name: 'the schedule' } });
  });

  it('starts by itself when it is a few minutes late, and waits for a person after that, told once', async () => {
    const id = await recurring();
    await startOne(id, 20);
    expect(await runsOf(id)).toMatchObject([{ status: 'queuing' }]);
    const other = await recurring();
    const runId = await startOne(other, 240);
    await startDueOccurrences();
    const [run] = await runsOf(other);
    expect(run).toMatchObject({ status: 'paused', reason: expect.stringContaining('Nothing was sent') });
    expect(await told(other)).toEqual(['run.missed']);
    await resumeRun(f.ctx, runId);
    expect((await getRun(f.ctx, runId)).status).toBe('queuing');
  });

  it('is one run after days of silence, not a pile of them; what was passed over is told together', async () => {
    const id = await recurring();
    const [row] = await pool()<{ plan: RecurrencePlan }[]>`select plan from recurrences where campaign_id = ${id}`;
    const plan = { ...(row?.plan as RecurrencePlan), after: '2020-01-01T00:00:00.000Z', anchor: '2020-01-01' };
    const [first] = nextOccurrences(plan, new Date(Date.now() - 4.2 * DAY_MS), 1);
    await pool()`update recurrences set next_at = ${first ?? null}, plan = ${JSON.stringify(plan)}::jsonb where campaign_id = ${id}`;
    await startDueOccurrences();
    expect(await runsOf(id)).toHaveLength(1);
    const states = await statesOf(id);
    expect(states.filter((state) => state === 'run')).toHaveLength(1);
    expect(states.filter((state) => state === 'missed').length).toBeGreaterThanOrEqual(3);
    expect((await told(id)).filter((topic) => topic === 'campaign.occurrence_missed')).toHaveLength(1);
  });

  it('takes the place of one that waits for a person', async () => {
    const id = await recurring();
    await startOne(id, 240);
    await startOne(id, 1);
    expect(await runsOf(id)).toMatchObject([
      { status: 'cancelled', reason: expect.stringContaining('took its place') },
      { status: 'queuing' },
    ]);
  });

  it('ends the recurrence when it is the last', async () => {
    const id = await recurring({ end: { kind: 'after', occurrences: 1 } });
    const [row] = await pool()<{ at: Date }[]>`select next_at as at from recurrences where campaign_id = ${id}`;
    await pool()`
      update recurrences set next_at = now() - interval '1 minute', plan = plan || ${JSON.stringify({ lastAt: new Date(Date.now() - 1000).toISOString() })}::jsonb
      where campaign_id = ${id} and next_at = ${row?.at ?? null}`;
    await startDueOccurrences();
    const { recurrence, coming } = await listOccurrences(f.ctx, { campaignId: id });
    expect([recurrence?.status, coming.length, (await runsOf(id)).length]).toEqual(['ended', 0, 1]);
  });

  it('that cannot be started holds up no other, and is told of once', async () => {
    const broken = await recurring();
    await dueSince(broken, 10);
    await pool()`update recurrences set plan = plan - 'times' where campaign_id = ${broken}`;
    const g = f;
    const id = await recurring();
    await dueSince(id, 1);
    const { started, failures } = await startDueOccurrences();
    expect([started.length, failures.length]).toEqual([1, 1]);
    await pool()`update recurrences set plan = plan || '{"times": ["09:00"]}' where campaign_id = ${broken}`;
    expect([await alarmOverdueOccurrences(), await alarmOverdueOccurrences()]).toEqual([1, 0]);
    f = g;
    expect(await told(broken)).toEqual(['campaign.occurrence_missed']);
    expect(await recurringCampaigns(f.ctx)).toMatchObject([{ campaignId: broken, isOverdue: true }]);
    await startDueOccurrences();
    expect(await runsOf(broken)).toHaveLength(1);
  });
});

describe('while the occurrence before is under way', () => {
  it('the next one is left out and told of, by default', async () => {
    const id = await recurring();
    await startOne(id, 3);
    await startOne(id, 1);
    expect([(await runsOf(id)).length, await statesOf(id)]).toEqual([1, ['skipped', 'run']]);
    expect(await told(id)).toEqual(['campaign.occurrence_skipped']);
    const [last] = (await recurringCampaigns(f.ctx)).map((one) => one.last?.reason);
    expect(last).toMatch(/was still under way/);
  });

  it('it waits for its turn when asked to, one at a time', async () => {
    const id = await recurring({ overlap: 'wait' });
    const first = await startOne(id, 5);
    await startOne(id, 3);
    await startOne(id, 1);
    expect(await statesOf(id)).toEqual(['skipped', 'waiting', 'run']);
    await startDueOccurrences();
    expect(await runsOf(id)).toHaveLength(1);
    await end(first);
    await Promise.all([startDueOccurrences(), startDueOccurrences()]);
    expect([(await runsOf(id)).length, await statesOf(id)]).toEqual([2, ['skipped', 'run', 'run']]);
  });

  it('it runs beside it when asked to', async () => {
    const id = await recurring({ overlap: 'start' });
    await startOne(id, 3);
    await startOne(id, 1);
    expect(await runsOf(id)).toMatchObject([{ status: 'queuing' }, { status: 'queuing' }]);
  });
});

describe('what people decide', () => {
  it('leaves one occurrence out and takes it back; the others stay', async () => {
    const id = await recurring();
    const at = async (n: number) =>
      (await listOccurrences(f.ctx, { campaignId: id })).coming[n]?.plannedAt.toISOString() ?? '';
    const [first, second] = [await at(0), await at(1)];
    await skipOccurrence(f.ctx, { campaignId: id, plannedAt: first });
    await skipOccurrence(f.ctx, { campaignId: id, plannedAt: first });
    const { recurrence, coming } = await listOccurrences(f.ctx, { campaignId: id });
    expect(coming[0]?.skippedBy?.name).toBe('test');
    expect(recurrence?.nextAt?.toISOString()).toBe(second);
    expect((await comingOccurrences(f.ctx, 3)).map(({ plannedAt }) => plannedAt.toISOString())[0]).toBe(second);
    await skipOccurrence(f.ctx, { campaignId: id, plannedAt: first, skip: false });
    expect((await listOccurrences(f.ctx, { campaignId: id })).recurrence?.nextAt?.toISOString()).toBe(first);
    const odd = new Date(Date.parse(first) + MINUTE_MS).toISOString();
    await expect(skipOccurrence(f.ctx, { campaignId: id, plannedAt: odd })).rejects.toMatchObject({ code: 'invalid' });
    await dueSince(id, 1);
    await expect(skipOccurrence(f.ctx, { campaignId: id, plannedAt: first })).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  it('runs it once out of turn, however often it is pressed', async () => {
    const id = await recurring();
    const input = { campaignId: id, requestKey: 'key-of-a-dialog' };
    const first = await runOccurrenceNow(f.ctx, input);
    expect(await runOccurrenceNow(f.ctx, input)).toEqual({ ...first, already: true });
    await expect(runOccurrenceNow(f.ctx, { ...input, requestKey: 'another-dialog' })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect((await listOccurrences(f.ctx, { campaignId: id })).past[0]).toMatchObject({ decidedBy: { name: 'test' } });
  });

  it('deactivates it: nothing comes any more, what runs goes on, what waited is dropped', async () => {
    const id = await recurring({ overlap: 'wait' });
    const first = await startOne(id, 3);
    await startOne(id, 1);
    await deactivateCampaign(f.ctx, id);
    await deactivateCampaign(f.ctx, id);
    await end(first);
    await startDueOccurrences();
    expect([(await runsOf(id)).length, await statesOf(id)]).toEqual([1, ['skipped', 'run']]);
    expect((await listOccurrences(f.ctx, { campaignId: id })).coming).toEqual([]);
    const input = { campaignId: id, requestKey: 'key-of-a-dialog' };
    await expect(runOccurrenceNow(f.ctx, input)).rejects.toMatchObject({ code: 'precondition' });
  });

  it('archives it, which ends it, and restoring does not begin it again', async () => {
    const id = await recurring();
    await end(await startOne(id));
    await archiveCampaign(f.ctx, { campaignId: id });
    await restoreCampaign(f.ctx, { campaignId: id });
    expect((await listOccurrences(f.ctx, { campaignId: id })).recurrence?.status).toBe('stopped');
  });
});

describe('what is expected of an occurrence', () => {
  it('is told of once when nobody is in the audience', async () => {
    const id = await recurring();
    await end(await startOne(id), 0);
    await Promise.all([judgeOccurrences(), judgeOccurrences()]);
    await judgeOccurrences();
    expect(await told(id)).toEqual(['run.empty']);
    const { past } = await listOccurrences(f.ctx, { campaignId: id });
    expect(past[0]).toMatchObject({ unexpected: 'empty', unexpectedWords: expect.stringContaining('Nobody') });
  });

  it('is told of once when it is far from what is usual, with the numbers', async () => {
    const id = await recurring();
    for (const [minutesAgo, audience] of [
      [9, 1200],
      [8, 1300],
      [7, 1250],
    ] as const) {
      await end(await startOne(id, minutesAgo), audience);
    }
    await judgeOccurrences();
    expect(await told(id)).toEqual([]);
    await end(await startOne(id, 1), 400);
    await judgeOccurrences();
    await judgeOccurrences();
    expect(await told(id)).toEqual(['run.unusual']);
    const [change] = await pool()<{ reason: string }[]>`
      select data ->> 'reason' as reason from changes where workspace_id = ${f.ctx.workspaceId} and type = 'campaign.occurrence_unusual'`;
    expect(change?.reason).toContain('Only 400 people are in the audience. The 3 occurrences before reached 1,250');
  });

  it('is told of once when it is not done in time, and not when it is', async () => {
    const id = await recurring({ expect: { doneWithinMs: 5 * MINUTE_MS } });
    await end(await startOne(id, 2));
    await pool()`update occurrences set due_by = now() + interval '1 minute' where campaign_id = ${id}`;
    await judgeOccurrences();
    await pool()`update occurrences set due_by = now() - interval '1 second' where campaign_id = ${id}`;
    await pool()`update runs set completed_at = now() - interval '1 minute' where campaign_id = ${id}`;
    await judgeOccurrences();
    expect(await told(id)).toEqual([]);
    await startOne(id, 8);
    await judgeOccurrences();
    await judgeOccurrences();
    expect(await told(id)).toEqual(['run.late']);
  });
});

it('a person of another workspace sees none of it', async () => {
  await recurring();
  const other = systemCtx('wsp_other', 'test');
  const person: Ctx = { ...other, actor: { type: 'user', userId: 'usr_o', name: 'Other', role: 'owner' } };
  expect([await recurringCampaigns(person), await comingOccurrences(person, 7)]).toEqual([[], []]);
});
