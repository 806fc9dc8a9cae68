import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Ctx } from '@/lib/context';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import type { CampaignDraftInput } from '@/lib/domain/campaign';
import { activateCampaign } from '@/lib/features/campaigns/activate-campaign';
import { createCampaign } from '@/lib/features/campaigns/create-campaign';
import { launchChecked } from '@/lib/features/campaigns/launch-checked';
import { preflight } from '@/lib/features/campaigns/preflight';
import { createList } from '@/lib/features/lists/create-list';
import { type DispatchFixture, dispatchFixture, draftOf } from '@/lib/features/testing/dispatch-fixture';

let database: TestDatabase;
let f: DispatchFixture;

const mei = (): Ctx => ({
  workspaceId: f.ctx.workspaceId,
  actor: { type: 'user', userId: 'usr_mei', name: 'Mei', role: 'marketer' },
});
const make = async (draft: CampaignDraftInput) => (await createCampaign(mei(), { name: 'Phone launch', draft })).id;

beforeAll(async () => {
  database = await testDatabase();
  await openPoolAt(database.url);
});
afterAll(async () => {
  await closePool();
  await database.drop();
});
beforeEach(async () => {
  f = await dispatchFixture({ smtpPort: 1, smsUrl: 'http://127.0.0.1:1' }, 6);
  await pool()`update provider_accounts set verified_at = now() where workspace_id = ${f.ctx.workspaceId}`;
  await pool()`update senders set address = 'news@telco.sg' where id = ${f.emailSenderId}`;
  await pool()`update workspaces set time_zone = 'UTC' where id = ${f.ctx.workspaceId}`;
  const content = { subject: 'Hello', blocks: [{ type: 'footer' }] };
  await pool()`update templates set content = ${JSON.stringify(content)}::jsonb where id = ${f.emailTemplateId}`;
});

/** Tomorrow at noon. */
const NOON = { kind: 'at' as const, at: `${new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)}T12:00:00Z` };

describe('pre-flight beside campaigns that come again and again', () => {
  const daily = (every = 1, time = '09:00') => ({
    kind: 'recurring' as const,
    repeat: { unit: 'day' as const, every },
    times: [time],
    timeZone: 'UTC',
  });
  const activate = async (draft: CampaignDraftInput) => {
    const id = await make(draft);
    await activateCampaign(mei(), { campaignId: id });
    return id;
  };
  const clashesOf = async (draft: CampaignDraftInput) => {
    const report = await preflight(mei(), await make(draft));
    const found = report.findings.filter(({ code }) => code.startsWith('clash:'));
    return { clashes: report.clashes, found };
  };
  it('finds their occurrences to come on the day of a start, and whom both reach', async () => {
    const id = await activate(draftOf(f, ['email'], { schedule: daily() }));
    await pool()`update contacts set email_opted_out_at = now() where workspace_id = ${f.ctx.workspaceId} and external_id = 'X2'`;
    const { clashes, found } = await clashesOf(draftOf(f, ['email'], { schedule: NOON }));
    const day = NOON.at.slice(0, 10);
    expect(clashes).toMatchObject([{ campaignId: id, runId: null, people: 5, at: new Date(`${day}T09:00:00Z`) }]);
    expect(found).toMatchObject([
      { level: 'warning', contacts: 5, title: '5 of 5 people get “Phone launch” on the same day' },
    ]);
    expect(found[0]?.fix?.href).toBe(`/campaigns/${id}/occurrences`);
  });

  it('finds none that is left out that day, comes on other days, has ended, or reaches others', async () => {
    const draft = draftOf(f, ['email'], { schedule: NOON });
    const id = await activate(draftOf(f, ['email'], { schedule: daily() }));
    const at = `${NOON.at.slice(0, 10)}T09:00:00Z`;
    const ws = f.ctx.workspaceId;
    await pool()`insert into occurrences (workspace_id, campaign_id, planned_at, state, reason) values (${ws}, ${id}, ${at}, 'skipped', '')`;
    expect((await clashesOf(draft)).found).toEqual([]);
    await pool()`delete from occurrences where workspace_id = ${ws}`;
    expect((await clashesOf(draft)).found).toHaveLength(1);
    // to others, of whom two more are on both lists
    const { id: listId } = await createList(mei(), { name: 'Others' });
    const others = draftOf(f, ['email'], { schedule: NOON, audience: { include: [{ kind: 'list', id: listId }] } });
    const join = (ids: string[]) => pool()`
      insert into subscriptions (workspace_id, list_id, contact_id, status, source)
      select ${ws}, ${listId}, id, 'subscribed', 'test' from contacts where workspace_id = ${ws} and external_id = any(${ids})`;
    await pool()`delete from subscriptions where workspace_id = ${ws} and contact_id in (
      select id from contacts where workspace_id = ${ws} and external_id in ('X5', 'X6'))`;
    await join(['X5', 'X6']);
    expect((await clashesOf(others)).found).toEqual([]);
    await join(['X1', 'X2']);
    expect((await clashesOf(others)).found).toMatchObject([{ contacts: 2 }]);
    await pool()`update recurrences set plan = plan || '{"anchor": "2100-01-01"}' where campaign_id = ${id}`;
    expect((await clashesOf(draft)).found).toEqual([]);
    await pool()`update recurrences set plan = plan || '{"anchor": "2020-01-01"}', status = 'stopped' where campaign_id = ${id}`;
    expect((await clashesOf(draft)).found).toEqual([]);
  });

  it('looks at the next occurrences of one that recurs itself, and is none with itself', async () => {
    const own = await activate(draftOf(f, ['email'], { schedule: daily(1, '18:00') }));
    expect((await preflight(mei(), own)).clashes).toEqual([]);
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    const other = await activate(draftOf(f, ['email'], { schedule: { ...daily(2), from: tomorrow } }));
    expect((await preflight(mei(), own)).clashes[0]).toMatchObject({ campaignId: other, people: 6, days: 4 });
    // a run that is scheduled in some days
    const { runId } = await launchChecked(mei(), {
      campaignId: await make(
        draftOf(f, ['email'], {
          schedule: { kind: 'at', at: new Date(Date.now() + 4 * 86_400_000).toISOString() },
        }),
      ),
      revision: 1,
      accepted: [`clash:${own}`, `clash:${other}`],
    });
    const { clashes, findings } = await preflight(mei(), own);
    expect(clashes.map((one) => one.runId)).toEqual([runId, null]);
    expect(findings.find(({ code }) => code === `clash:${other}`)?.detail).toMatch(
      /^It comes on 4 of the next 8 days of this campaign, first on .+\.$/,
    );
  });
});
