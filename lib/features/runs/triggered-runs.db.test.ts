import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { freezeAudienceChunk } from '@/lib/features/audience/freeze-audience';
import { activateCampaign, deactivateCampaign } from '@/lib/features/campaigns/activate-campaign';
import { createCampaign } from '@/lib/features/campaigns/create-campaign';
import { launchCampaign } from '@/lib/features/campaigns/launch-campaign';
import { lookupContacts } from '@/lib/features/contacts/lookup-contacts';
import { upsertContacts } from '@/lib/features/contacts/upsert-contacts';
import { loadRun } from '@/lib/features/runs/load-run';
import { startTriggeredRuns } from '@/lib/features/runs/start-triggered-runs';
import { type DispatchFixture, dispatchFixture, draftOf } from '@/lib/features/testing/dispatch-fixture';

let database: TestDatabase;
let f: DispatchFixture;
let campaignId = '';
const event = 'parcel.sent';

beforeAll(async () => {
  database = await testDatabase();
  await openPoolAt(database.url);
  f = await dispatchFixture({ smtpPort: 1, smsUrl: 'http://127.0.0.1:1' }, 4);
  const draft = draftOf(f, ['email'], { schedule: { kind: 'event', event } });
  campaignId = (await createCampaign(f.ctx, { name: 'Parcel', draft })).id;
});
afterAll(async () => {
  await closePool();
  await database.drop();
});

const start = (eventId: string, externalId: string) =>
  startTriggeredRuns(f.ctx, { event, eventId, contact: { externalId } });

describe('a campaign that starts on an event', () => {
  it('is not launched to everybody, and listens only once it is activated', async () => {
    await expect(launchCampaign(f.ctx, { campaignId })).rejects.toMatchObject({ code: 'precondition' });
    expect((await start('e0', 'X1')).started).toEqual([]);
    expect(await activateCampaign(f.ctx, { campaignId })).toMatchObject({ event });
  });

  it('makes one run for one contact, however often and at once the event comes', async () => {
    const results = await Promise.all(Array.from({ length: 6 }, () => start('e1', 'X1')));
    const runIds = new Set(results.flatMap(({ started }) => started.map(({ runId }) => runId)));
    expect(runIds.size).toBe(1);
    expect(results.filter(({ started }) => started[0]?.already === false)).toHaveLength(1);
    const [runId = ''] = [...runIds];
    const run = await loadRun(f.ctx, runId ?? '');
    while (!(await freezeAudienceChunk(f.ctx, run)).done);
    const members = await pool()`select contact_id from run_members where run_id = ${runId}`;
    expect([...members]).toEqual([{ contact_id: results[0]?.contactId }]);
  });

  it('excludes as any run does, and says whom its audience does not have', async () => {
    await pool()`update contacts set email_opted_out_at = now() where external_id = 'X2'`;
    const { started } = await start('e2', 'X2');
    const run = await loadRun(f.ctx, started[0]?.runId ?? '');
    while (!(await freezeAudienceChunk(f.ctx, run)).done);
    const [member] = await pool()`select exclusion from run_members where run_id = ${run.id}`;
    expect(member?.exclusion).toBe('global_opt_out');
    await pool()`delete from subscriptions where contact_id = (select id from contacts where external_id = 'X3')`;
    expect(await start('e3', 'X3')).toMatchObject({
      started: [],
      skipped: [{ campaignId, reason: 'not_in_audience' }],
    });
  });

  it('starts nothing in a dry run, for nobody, for several, or once it is deactivated', async () => {
    const dry = await startTriggeredRuns(f.ctx, {
      event,
      eventId: 'e4',
      contact: { phone: '80000004' },
      dryRun: true,
    }).catch((error: unknown) => error);
    expect(dry).toMatchObject({ code: 'not_found' });
    const e164 = await startTriggeredRuns(f.ctx, { event, eventId: 'e4', contact: { externalId: 'X4' }, dryRun: true });
    expect(e164.started).toEqual([{ campaignId, runId: null, already: false }]);
    await expect(start('e5', 'nobody')).rejects.toMatchObject({ code: 'not_found' });
    await pool()`update contacts set email = 'same@example.com' where external_id in ('X1', 'X4')`;
    const several = startTriggeredRuns(f.ctx, { event, eventId: 'e6', contact: { email: 'Same@Example.com' } });
    await expect(several).rejects.toMatchObject({ code: 'conflict' });
    expect((await lookupContacts(f.ctx, { email: 'SAME@example.com' })).items).toHaveLength(2);
    await deactivateCampaign(f.ctx, campaignId);
    await deactivateCampaign(f.ctx, campaignId);
    expect((await start('e7', 'X1')).started).toEqual([]);
  });
});

describe('upserting contacts', () => {
  it('creates, changes, leaves and refuses row by row; a dry run writes nothing', async () => {
    const contacts = [
      { externalId: 'X1', firstName: 'Mei' },
      { externalId: 'N1', email: 'new@example.com' },
      { externalId: 'N2', email: 'not an address' },
      { externalId: 'N1', firstName: 'again' },
      { firstName: 'nobody' },
      'no contact at all',
    ];
    const dry = await upsertContacts(f.ctx, { contacts, dryRun: true });
    expect(dry.counts).toEqual({ created: 1, updated: 1, unchanged: 0, rejected: 4 });
    const done = await upsertContacts(f.ctx, { contacts });
    expect(done.counts).toEqual(dry.counts);
    expect(done.items.map(({ result }) => result)).toEqual(['updated', 'created', ...Array(4).fill('rejected')]);
    expect(done.items[2]?.issues).toEqual([{ path: 'email', message: '“not an address” is not an email address.' }]);
    expect((await upsertContacts(f.ctx, { contacts })).counts).toMatchObject({ unchanged: 2, created: 0, updated: 0 });
    const taken = await upsertContacts(f.ctx, {
      matchBy: 'email',
      contacts: [{ email: 'new@example.com', externalId: 'X1' }],
    });
    expect(taken.items[0]?.issues).toEqual([{ path: 'externalId', message: 'is another contact’s' }]);
  });
});
