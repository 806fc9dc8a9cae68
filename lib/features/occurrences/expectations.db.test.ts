import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ctx, systemCtx } from '@/lib/context';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { deactivateCampaign } from '@/lib/features/campaigns/activate-campaign';
import { archiveCampaign, restoreCampaign } from '@/lib/features/campaigns/archive-campaign';
import { judgeOccurrences } from '@/lib/features/occurrences/judge-occurrences';
import { listOccurrences } from '@/lib/features/occurrences/list-occurrences';
import { comingOccurrences, recurringCampaigns } from '@/lib/features/occurrences/recurring-campaigns';
import { runOccurrenceNow } from '@/lib/features/occurrences/run-occurrence-now';
import { skipOccurrence } from '@/lib/features/occurrences/skip-occurrence';
import { startDueOccurrences } from '@/lib/features/occurrences/start-due-occurrences';
import { endRun, MINUTE_MS, recurring } from '@/lib/features/occurrences/testing';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
  await openPoolAt(database.url);
});
afterAll(async () => {
  await closePool();
  await database.drop();
});

describe('what people decide', () => {
  it('leaves one occurrence out and takes it back; the others stay', async () => {
    const c = await recurring();
    const at = async (n: number) =>
      (await listOccurrences(c.f.ctx, { campaignId: c.id })).coming[n]?.plannedAt.toISOString() ?? '';
    const [first, second] = [await at(0), await at(1)];
    await skipOccurrence(c.f.ctx, { campaignId: c.id, plannedAt: first });
    await skipOccurrence(c.f.ctx, { campaignId: c.id, plannedAt: first });
    const { recurrence, coming } = await listOccurrences(c.f.ctx, { campaignId: c.id });
    expect(coming[0]?.skippedBy?.name).toBe('test');
    expect(recurrence?.nextAt?.toISOString()).toBe(second);
    expect((await comingOccurrences(c.f.ctx, 3)).map(({ plannedAt }) => plannedAt.toISOString())[0]).toBe(second);
    await skipOccurrence(c.f.ctx, { campaignId: c.id, plannedAt: first, skip: false });
    expect((await listOccurrences(c.f.ctx, { campaignId: c.id })).recurrence?.nextAt?.toISOString()).toBe(first);
    const odd = new Date(Date.parse(first) + MINUTE_MS).toISOString();
    await expect(skipOccurrence(c.f.ctx, { campaignId: c.id, plannedAt: odd })).rejects.toMatchObject({
      code: 'invalid',
    });
    await c.dueSince(1);
    await expect(skipOccurrence(c.f.ctx, { campaignId: c.id, plannedAt: first })).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  it('runs it once out of turn, however often it is pressed', async () => {
    const c = await recurring();
    const input = { campaignId: c.id, requestKey: 'key-of-a-dialog' };
    const first = await runOccurrenceNow(c.f.ctx, input);
    expect(await runOccurrenceNow(c.f.ctx, input)).toEqual({ ...first, already: true });
    await expect(runOccurrenceNow(c.f.ctx, { ...input, requestKey: 'another-dialog' })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect((await listOccurrences(c.f.ctx, { campaignId: c.id })).past[0]).toMatchObject({
      decidedBy: { name: 'test' },
    });
  });

  it('deactivates it: nothing comes any more, what runs goes on, what waited is dropped', async () => {
    const c = await recurring({ overlap: 'wait' });
    const first = await c.startOne(3);
    await c.startOne(1);
    await deactivateCampaign(c.f.ctx, c.id);
    await deactivateCampaign(c.f.ctx, c.id);
    await endRun(first);
    await startDueOccurrences();
    expect([(await c.runs()).length, await c.states()]).toEqual([1, ['skipped', 'run']]);
    expect((await listOccurrences(c.f.ctx, { campaignId: c.id })).coming).toEqual([]);
    const input = { campaignId: c.id, requestKey: 'key-of-a-dialog' };
    await expect(runOccurrenceNow(c.f.ctx, input)).rejects.toMatchObject({ code: 'precondition' });
  });

  it('archives it, which ends it, and restoring does not begin it again', async () => {
    const c = await recurring();
    await endRun(await c.startOne());
    await archiveCampaign(c.f.ctx, { campaignId: c.id });
    await restoreCampaign(c.f.ctx, { campaignId: c.id });
    expect((await listOccurrences(c.f.ctx, { campaignId: c.id })).recurrence?.status).toBe('stopped');
  });
});

describe('what is expected of an occurrence', () => {
  it('is told of once when nobody is in the audience', async () => {
    const c = await recurring();
    await endRun(await c.startOne(), 0);
    await Promise.all([judgeOccurrences(), judgeOccurrences()]);
    await judgeOccurrences();
    expect(await c.told()).toEqual(['run.empty']);
    const { past } = await listOccurrences(c.f.ctx, { campaignId: c.id });
    expect(past[0]).toMatchObject({ unexpected: 'empty', unexpectedWords: expect.stringContaining('Nobody') });
  });

  it('is told of once when it is far from what is usual, with the numbers', async () => {
    const c = await recurring();
    for (const [minutesAgo, audience] of [
      [9, 1200],
      [8, 1300],
      [7, 1250],
    ] as const) {
      await endRun(await c.startOne(minutesAgo), audience);
    }
    await judgeOccurrences();
    expect(await c.told()).toEqual([]);
    await endRun(await c.startOne(1), 400);
    await judgeOccurrences();
    await judgeOccurrences();
    expect(await c.told()).toEqual(['run.unusual']);
    const [change] = await pool()<{ reason: string }[]>`
      select data ->> 'reason' as reason from changes where workspace_id = ${c.f.ctx.workspaceId} and type = 'campaign.occurrence_unusual'`;
    expect(change?.reason).toContain('Only 400 people are in the audience. The 3 occurrences before reached 1,250');
  });

  it('is told of once when it is not done in time, and not when it is', async () => {
    const c = await recurring({ expect: { doneWithinMs: 5 * MINUTE_MS } });
    await endRun(await c.startOne(2));
    await pool()`update occurrences set due_by = now() + interval '1 minute' where campaign_id = ${c.id}`;
    await judgeOccurrences();
    await pool()`update occurrences set due_by = now() - interval '1 second' where campaign_id = ${c.id}`;
    await pool()`update runs set completed_at = now() - interval '1 minute' where campaign_id = ${c.id}`;
    await judgeOccurrences();
    expect(await c.told()).toEqual([]);
    await c.startOne(8);
    await judgeOccurrences();
    await judgeOccurrences();
    expect(await c.told()).toEqual(['run.late']);
  });
});

it('a person of another workspace sees none of it', async () => {
  await recurring();
  const other = systemCtx('wsp_other', 'test');
  const person: Ctx = { ...other, actor: { type: 'user', userId: 'usr_o', name: 'Other', role: 'owner' } };
  expect([await recurringCampaigns(person), await comingOccurrences(person, 7)]).toEqual([[], []]);
});
