import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Ctx } from '@/lib/context';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import type { CampaignDraftInput } from '@/lib/domain/campaign';
import type { Role } from '@/lib/domain/role';
import { approveCampaign, declineApproval, requestApproval } from '@/lib/features/campaigns/approve-campaign';
import { archiveCampaign, restoreCampaign } from '@/lib/features/campaigns/archive-campaign';
import { campaignChoices } from '@/lib/features/campaigns/campaign-choices';
import { createCampaign } from '@/lib/features/campaigns/create-campaign';
import { duplicateCampaign } from '@/lib/features/campaigns/duplicate-campaign';
import { getCampaign } from '@/lib/features/campaigns/get-campaign';
import { launchCampaign } from '@/lib/features/campaigns/launch-campaign';
import { listCampaigns } from '@/lib/features/campaigns/list-campaigns';
import { updateCampaign } from '@/lib/features/campaigns/update-campaign';
import { type DispatchFixture, dispatchFixture, draftOf } from '@/lib/features/testing/dispatch-fixture';

let database: TestDatabase;
let f: DispatchFixture;
let draft: CampaignDraftInput;

const as = (name: string, role: Role = 'marketer', workspaceId = f.ctx.workspaceId): Ctx => ({
  workspaceId,
  actor: { type: 'user', userId: `usr_${name}`, name, role },
});

beforeAll(async () => {
  database = await testDatabase();
  await openPoolAt(database.url);
});
afterAll(async () => {
  await closePool();
  await database.drop();
});
beforeEach(async () => {
  f = await dispatchFixture({ smtpPort: 1, smsUrl: 'http://127.0.0.1:1' }, 5);
  draft = draftOf(f, ['email', 'record']);
});

describe('a draft', () => {
  it('is saved by revision; a stale save is refused with the name of who saved, and theirs stays', async () => {
    const mei = as('Mei');
    const { id } = await createCampaign(mei, { name: 'Launch', draft });
    expect(await updateCampaign(mei, { campaignId: id, revision: 1, name: 'Phone launch' })).toEqual({ revision: 2 });
    const stale = updateCampaign(as('Tom'), { campaignId: id, revision: 1, name: 'Other' });
    await expect(stale).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('Mei saved') });
    expect(await getCampaign(mei, id)).toMatchObject({ name: 'Phone launch', revision: 2 });
  });

  it('audits the saves of one sitting once', async () => {
    const mei = as('Mei');
    const { id } = await createCampaign(mei, { name: 'Launch', draft });
    for (let revision = 1; revision <= 3; revision++) await updateCampaign(mei, { campaignId: id, revision, draft });
    await updateCampaign(as('Tom'), { campaignId: id, revision: 4, draft });
    const saves =
      await pool()`select actor ->> 'name' as name from audit_log where action = 'campaign.saved' and subject_id = ${id} order by id`;
    expect(saves.map(({ name }) => name)).toEqual(['Mei', 'Tom']);
  });

  it('belongs to its workspace and is closed to viewers', async () => {
    const { id } = await createCampaign(as('Mei'), { name: 'Launch', draft });
    const other = await dispatchFixture({ smtpPort: 1, smsUrl: 'http://127.0.0.1:1' }, 0);
    const stranger = as('Mei', 'owner', other.ctx.workspaceId);
    await expect(getCampaign(stranger, id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(updateCampaign(stranger, { campaignId: id, revision: 1 })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(duplicateCampaign(stranger, { campaignId: id })).rejects.toMatchObject({ code: 'not_found' });
    await expect(archiveCampaign(stranger, { campaignId: id })).rejects.toMatchObject({ code: 'not_found' });
    const viewer = as('Vi', 'viewer');
    for (const refused of [
      createCampaign(viewer, { name: 'x' }),
      duplicateCampaign(viewer, { campaignId: id }),
      archiveCampaign(viewer, { campaignId: id }),
      launchCampaign(viewer, { campaignId: id }),
    ])
      await expect(refused).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('a duplicate', () => {
  it('has the definition of its source and not its planned time', async () => {
    const mei = as('Mei');
    const at = '2027-01-01T09:00:00.000Z';
    const source = await createCampaign(mei, { name: 'Launch', draft: { ...draft, schedule: { kind: 'at', at } } });
    const { id } = await duplicateCampaign(mei, { campaignId: source.id });
    const copy = await getCampaign(mei, id);
    expect(copy).toMatchObject({ name: 'Launch (copy)', status: 'draft', revision: 1 });
    expect(copy.draft.flow).toEqual((await getCampaign(mei, source.id)).draft.flow);
    expect(copy.draft.schedule).toEqual({ kind: 'now' });
  });
});

describe('archiving', () => {
  it('hides a campaign and keeps it, twice as well as once, and restoring brings it back', async () => {
    const mei = as('Mei');
    const { id } = await createCampaign(mei, { name: 'Launch', draft });
    await archiveCampaign(mei, { campaignId: id });
    await archiveCampaign(mei, { campaignId: id });
    expect((await listCampaigns(mei)).items).toEqual([]);
    expect((await listCampaigns(mei, { status: 'archived' })).items).toHaveLength(1);
    await expect(updateCampaign(mei, { campaignId: id, revision: 1, name: 'x' })).rejects.toMatchObject({
      code: 'precondition',
    });
    await expect(launchCampaign(mei, { campaignId: id })).rejects.toMatchObject({
      code: 'precondition',
      message: expect.stringContaining('archived'),
    });
    await restoreCampaign(mei, { campaignId: id });
    await restoreCampaign(mei, { campaignId: id });
    expect((await listCampaigns(mei)).items).toMatchObject([{ id, status: 'draft', lastRun: null, runs: 0 }]);
  });

  it('waits for runs that have not ended', async () => {
    const mei = as('Mei');
    const { id } = await createCampaign(mei, { name: 'Launch', draft });
    await launchCampaign(mei, { campaignId: id });
    await expect(archiveCampaign(mei, { campaignId: id })).rejects.toMatchObject({ code: 'precondition' });
  });
});

describe('the list', () => {
  it('pages by last save, searches by name, and shows the newest run with counts that sum to its audience', async () => {
    const mei = as('Mei');
    const ids: string[] = [];
    for (const name of ['One', 'Two 50%', 'Three']) ids.push((await createCampaign(mei, { name, draft })).id);
    const [one = '', two = '', three = ''] = ids;
    const first = await listCampaigns(mei, { limit: 2 });
    expect(first.items.map(({ id }) => id)).toEqual([three, two]);
    const second = await listCampaigns(mei, { limit: 2, cursor: first.nextCursor ?? '' });
    expect(second).toMatchObject({ items: [{ id: one, steps: ['email', 'record'] }], nextCursor: null });
    expect((await listCampaigns(mei, { q: '50%' })).items.map(({ id }) => id)).toEqual([two]);
    const { runId } = await launchCampaign(mei, { campaignId: one });
    await pool()`update runs set audience_count = 5 where id = ${runId}`;
    await pool()`insert into run_counters (workspace_id, run_id, step, wave, state, shard, n)
      values (${f.ctx.workspaceId}, ${runId}, 0, 1, 'accepted', 0, 3)`;
    const [row] = (await listCampaigns(mei, { q: 'one' })).items;
    expect(row).toMatchObject({ status: 'active', runs: 1, lastRun: { id: runId, status: 'queuing', audience: 5 } });
    expect(row?.lastRun?.counts).toMatchObject({ accepted: 3, waiting: 7 });
  });

  it('offers what a campaign can use, and marks what is put away', async () => {
    await pool()`update lists set archived_at = now() where id = ${f.listId}`;
    const choices = await campaignChoices(as('Mei', 'viewer'));
    expect(choices.lists).toEqual([{ id: f.listId, name: 'Customers', gone: true }]);
    expect(choices.templates.map(({ channel }) => channel)).toEqual(['email', 'sms']);
    expect(choices.senders[0]).toMatchObject({ from: 'Telco <news@telco.example>', provider: 'Relay' });
  });
});

describe('the approval by a second person', () => {
  async function needing(above: number): Promise<string> {
    await pool()`update workspaces set settings = settings || jsonb_build_object('approvalAboveRecipients', ${above}::int) where id = ${f.ctx.workspaceId}`;
    return (await createCampaign(as('Mei'), { name: 'Launch', draft })).id;
  }

  it('is needed above the number of recipients only', async () => {
    const small = await needing(5);
    await launchCampaign(as('Mei'), { campaignId: small });
    const large = await needing(4);
    await expect(launchCampaign(as('Mei'), { campaignId: large })).rejects.toMatchObject({
      code: 'precondition',
      message: expect.stringContaining('5 people'),
    });
    expect(await pool()`select 1 from runs where campaign_id = ${large}`).toHaveLength(0);
  });

  it('must come from somebody else, for exactly this revision', async () => {
    const mei = as('Mei');
    const tom = as('Tom');
    const campaignId = await needing(4);
    await expect(approveCampaign(tom, { campaignId, revision: 1 })).rejects.toMatchObject({ code: 'precondition' });
    await requestApproval(mei, { campaignId, revision: 1 });
    await expect(approveCampaign(mei, { campaignId, revision: 1 })).rejects.toMatchObject({ code: 'precondition' });
    await approveCampaign(tom, { campaignId, revision: 1 });
    await updateCampaign(mei, { campaignId, revision: 1, name: 'Changed' });
    await expect(launchCampaign(mei, { campaignId })).rejects.toMatchObject({ code: 'precondition' });
    await expect(approveCampaign(tom, { campaignId, revision: 1 })).rejects.toMatchObject({ code: 'conflict' });
    await requestApproval(mei, { campaignId, revision: 2 });
    await approveCampaign(tom, { campaignId, revision: 2 });
    const first = await launchCampaign(mei, { campaignId, revision: 2 });
    expect(await launchCampaign(mei, { campaignId, revision: 2 })).toEqual({ ...first, already: true });
  });

  it('can be declined, and asked for again', async () => {
    const campaignId = await needing(4);
    await requestApproval(as('Mei'), { campaignId, revision: 1 });
    await declineApproval(as('Tom'), { campaignId, revision: 1, reason: 'The price is wrong.' });
    await declineApproval(as('Tom'), { campaignId, revision: 1 });
    expect(await getCampaign(as('Mei'), campaignId)).toMatchObject({ approvalRequestedBy: null, approvedBy: null });
    const log =
      await pool()`select data from audit_log where action = 'campaign.approval_declined' and subject_id = ${campaignId}`;
    expect(log.map(({ data }) => data.reason)).toEqual(['The price is wrong.']);
  });
});

describe('a launch', () => {
  it('refuses what is incomplete and names every place', async () => {
    const { id } = await createCampaign(as('Mei'), {
      name: 'Empty',
      draft: {
        ...draft,
        audience: { include: [{ kind: 'segment', id: 'seg_gone' }] },
        flow: [
          { id: 'email_1', kind: 'email', name: 'Mail', templateId: f.smsTemplateId, senderId: f.smsSenderId },
          { id: 'record_1', kind: 'record', name: 'Note', columns: [], sink: { kind: 'table', outputTableId: '' } },
        ],
      },
    });
    await expect(launchCampaign(as('Mei'), { campaignId: id })).rejects.toMatchObject({
      issues: [
        { code: 'segment_gone' },
        { code: 'no_sender:email_1', fix: { href: `/campaigns/${id}?step=email_1#what` } },
        { code: 'no_template:email_1' },
        { code: 'no_table:record_1' },
      ],
    });
  });

  it('refuses a tag that no contact has and that has no fallback', async () => {
    await pool()`update templates set content = jsonb_build_object('text', 'Hi {{ nick_name }}') where id = ${f.smsTemplateId}`;
    const { id } = await createCampaign(as('Mei'), { name: 'Typo', draft: draftOf(f, ['sms']) });
    await expect(launchCampaign(as('Mei'), { campaignId: id })).rejects.toMatchObject({
      issues: [{ code: 'unknown_tag:nick_name:sms_0' }],
    });
  });
});
