import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Ctx } from '@/lib/context';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import type { CampaignDraftInput } from '@/lib/domain/campaign';
import type { Role } from '@/lib/domain/role';
import { USUAL_HOURS } from '@/lib/domain/send-hours';
import { createCampaign } from '@/lib/features/campaigns/create-campaign';
import { launchChecked } from '@/lib/features/campaigns/launch-checked';
import { preflight } from '@/lib/features/campaigns/preflight';
import { previewStep } from '@/lib/features/campaigns/preview-step';
import { sendTest } from '@/lib/features/campaigns/send-test';
import { updateCampaign } from '@/lib/features/campaigns/update-campaign';
import { type CaptureFixture, captureFixture } from '@/lib/features/testing/capture-fixture';
import {
  closeTestChannels,
  type DispatchFixture,
  dispatchFixture,
  draftOf,
  launchAndQueue,
  sendAll,
} from '@/lib/features/testing/dispatch-fixture';

let database: TestDatabase;
let capture: CaptureFixture;
let f: DispatchFixture;

const as = (name: string, role: Role = 'marketer'): Ctx => ({
  workspaceId: f.ctx.workspaceId,
  actor: { type: 'user', userId: `usr_${name}`, name, role },
});
const make = async (draft: CampaignDraftInput) => (await createCampaign(as('Mei'), { name: 'Phone launch', draft })).id;
const setTemplate = (id: string, content: unknown) =>
  pool()`update templates set content = ${JSON.stringify(content)}::jsonb where id = ${id}`;
const codesOf = ({ findings }: Awaited<ReturnType<typeof preflight>>, level: string) =>
  findings.flatMap((finding) => (finding.level === level ? [finding.code] : []));
const setContact = (n: number, change: string) =>
  pool().unsafe(`update contacts set ${change} where workspace_id = $1 and external_id = $2`, [
    f.ctx.workspaceId,
    `X${n}`,
  ]);

beforeAll(async () => {
  capture = await captureFixture();
  database = await testDatabase();
  await openPoolAt(database.url);
});
afterAll(async () => {
  await closeTestChannels();
  await closePool();
  await database.drop();
  await capture.close();
});
beforeEach(async () => {
  f = await dispatchFixture(capture, 6);
  await pool()`update provider_accounts set verified_at = now() where workspace_id = ${f.ctx.workspaceId}`;
  await pool()`update senders set address = 'news@telco.sg' where id = ${f.emailSenderId}`;
});

/** Text messages by day, where everybody is. */
const BY_DAY = { hours: { sms: USUAL_HOURS.sms } };

/** Tomorrow at noon, when text messages disturb nobody. */
const NOON = { kind: 'at' as const, at: `${new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)}T12:00:00Z` };

/** A template without faults, whose link is real. */
const CLEAN = {
  subject: 'Hello {{ first_name | fallback: "there" }}',
  blocks: [{ type: 'button', label: 'Look', url: 'https://telco.sg/look?c={{ external_id }}' }, { type: 'footer' }],
};

describe('pre-flight', () => {
  it('finds nothing against a sound campaign, and says whom it reaches', async () => {
    await setTemplate(f.emailTemplateId, CLEAN);
    const report = await preflight(as('Vi', 'viewer'), await make(draftOf(f, ['email', 'record'])));
    expect(report).toMatchObject({ findings: [], count: { listTotal: 6, audience: 6 }, mayLaunch: false });
    expect(report.links).toMatchObject([{ label: 'Look', problem: null }]);
    expect(report.people.map(({ key, isMadeUp }) => [key, isMadeUp])).toEqual([
      ['ordinary', false],
      ['longest_name', false],
      ['most_missing', false],
      ['markup', true],
      ['other_script', true],
    ]);
  });

  it('names what stops a launch, with the place where it is put right', async () => {
    await pool()`update workspaces set settings = '{}'::jsonb where id = ${f.ctx.workspaceId}`;
    await setTemplate(f.emailTemplateId, { ...CLEAN, blocks: [{ type: 'text', content: 'Hi {{ nick }}' }] });
    const report = await preflight(as('Mei'), await make(draftOf(f, ['email'])));
    expect(codesOf(report, 'critical').map((code) => code.replace(/:email_0$/, ''))).toEqual([
      'unknown_tag:nick',
      'no_unsubscribe_link',
      'no_postal_address',
    ]);
    expect(report.findings.find(({ code }) => code.startsWith('no_postal'))?.fix?.href).toBe('/settings/workspace');
  });

  it('still answers for a draft without anything in it, and for one whose segment is gone', async () => {
    const empty = await preflight(as('Mei'), await make({ audience: {}, policy: {}, notify: {} }));
    expect(codesOf(empty, 'critical')).toEqual(['no_audience', 'no_flow']);
    const gone = draftOf(f, ['email'], { audience: { include: [{ kind: 'segment', id: 'seg_gone' }] } });
    expect(codesOf(await preflight(as('Mei'), await make(gone)), 'critical')).toEqual(['segment_gone']);
    await pool()`update contacts set do_not_market = true where workspace_id = ${f.ctx.workspaceId}`;
    await setTemplate(f.emailTemplateId, CLEAN);
    expect(codesOf(await preflight(as('Mei'), await make(draftOf(f, ['email']))), 'critical')).toEqual(['nobody']);
  });

  it('counts the gaps in the audience itself, finds bad links, and renders real worst cases', async () => {
    await setContact(1, 'first_name = null');
    await setContact(2, `first_name = '<script>alert(1)</script>'`);
    await setContact(3, `first_name = 'محمد', last_name = 'A very long family name that goes on'`);
    await setContact(4, `first_name = null, do_not_market = true`);
    await setTemplate(f.emailTemplateId, {
      subject: 'Dear {{ first_name }}',
      blocks: [
        { type: 'button', label: 'Shop', url: 'http://telco.sg' },
        { type: 'button', label: 'Old', url: 'http://old.telco.sg/{{ external_id }}' },
        { type: 'button', label: 'Draft', url: 'https://localhost:3000/' },
        { type: 'footer' },
      ],
    });
    const id = await make(draftOf(f, ['email']));
    const report = await preflight(as('Mei'), id);
    expect(codesOf(report, 'warning')).toEqual([
      'no_fallback:first_name:email_0',
      'link:not_https:email_0',
      'link:own_machine:email_0',
    ]);
    expect(report.findings[0]).toMatchObject({ contacts: 1 });
    const person = Object.fromEntries(report.people.map((each) => [each.key, each]));
    expect(person.markup).toMatchObject({ isMadeUp: false });
    expect(person.other_script?.name).toContain('محمد');
    expect(person.longest_name?.contactId).toBe(person.other_script?.contactId);
    const shown = await previewStep(as('Mei'), {
      campaignId: id,
      stepId: 'email_0',
      contactId: person.markup?.contactId ?? null,
    });
    expect(shown).toMatchObject({ kind: 'email', subject: 'Dear <script>alert(1)</script>' });
    expect(shown.kind === 'email' && shown.html).not.toContain('<script');
  });

  it('tells senders and providers that cannot do it', async () => {
    await setTemplate(f.emailTemplateId, CLEAN);
    await pool()`update senders set address = 'telco@gmail.com' where id = ${f.emailSenderId}`;
    await pool()`update provider_accounts set verified_at = null, breaker_state = 'open', breaker_reason = 'The key was refused.' where id = ${f.emailAccountId}`;
    const report = await preflight(
      as('Mei'),
      await make(draftOf(f, ['email', 'sms'], { schedule: NOON, policy: BY_DAY })),
    );
    expect(codesOf(report, 'warning')).toEqual([
      `provider_trouble:${f.emailAccountId}`,
      `provider_unproven:${f.emailAccountId}`,
      'sender_free_mail:email_0',
    ]);
    expect(codesOf(report, 'note')).toEqual([`provider_local:${f.smsAccountId}`]);
  });

  it('counts the parts of text messages, and says which letters make them longer', async () => {
    await pool()`update workspaces set settings = settings || '{"smsPrice":{"amount":0.04,"currency":"SGD"}}'::jsonb where id = ${f.ctx.workspaceId}`;
    await setTemplate(f.smsTemplateId, { text: `“Aurora” is here. ${'Come and see it. '.repeat(5)}` });
    const report = await preflight(as('Mei'), await make(draftOf(f, ['sms'], { schedule: NOON, policy: BY_DAY })));
    expect(report.sms).toEqual([
      { stepId: 'sms_0', stepName: 'sms 0', messages: 6, segments: 12, mostSegments: 2, isExact: true },
    ]);
    expect(report.smsPrice).toEqual({ amount: 0.04, currency: 'SGD' });
    expect(codesOf(report, 'warning')).toEqual(['sms_alphabet:sms_0']);
  });

  it('finds other runs for the same people today, and people who had this campaign already', async () => {
    await setTemplate(f.emailTemplateId, CLEAN);
    const runId = await launchAndQueue(f, draftOf(f, ['email']));
    await sendAll(f, runId);
    const [run] = await pool()<
      { campaignId: string }[]
    >`select campaign_id as "campaignId" from runs where id = ${runId}`;
    const other = await preflight(as('Mei'), await make(draftOf(f, ['email'])));
    expect(other.clashes).toMatchObject([{ runId, people: 6 }]);
    expect(codesOf(other, 'warning')).toEqual([`clash:${runId}`]);
    const campaignId = run?.campaignId ?? '';
    expect((await preflight(as('Mei'), campaignId)).launched).toMatchObject({ runId });
    await updateCampaign(as('Mei'), { campaignId, revision: 1, name: 'Again' });
    const again = await preflight(as('Mei'), campaignId);
    expect(again.launched).toBeNull();
    expect(again.findings).toMatchObject([{ code: 'repeat', contacts: 6 }, { code: `clash:${runId}` }]);
  });

  it('says when the plan of times cannot work', async () => {
    await setTemplate(f.emailTemplateId, CLEAN);
    const draft = draftOf(f, ['email'], {
      schedule: { kind: 'at', at: '2020-01-01T09:00:00Z' },
      policy: { waveSize: 2, waveIntervalMs: 3_600_000, expireAfterMs: 3_600_000 },
    });
    const report = await preflight(as('Mei'), await make(draft));
    expect(codesOf(report, 'warning')).toEqual(['time_passed', 'expires_too_early']);
    expect(report.finish).toMatchObject({ waves: 3, totalMs: 7_200_000 });
  });
});

describe('a launch from pre-flight', () => {
  it('needs each warning accepted by name, keeps that in the log, and happens once', async () => {
    await setTemplate(f.emailTemplateId, {
      ...CLEAN,
      blocks: [{ type: 'button', label: 'X', url: 'http://telco.sg' }, { type: 'footer' }],
    });
    const campaignId = await make(draftOf(f, ['email']));
    const refused = launchChecked(as('Mei'), { campaignId, revision: 1 });
    await expect(refused).rejects.toMatchObject({ code: 'precondition', issues: [{ path: 'link:not_https:email_0' }] });
    const input = { campaignId, revision: 1, accepted: ['link:not_https:email_0'] };
    const both = await Promise.all([launchChecked(as('Mei'), input), launchChecked(as('Mei'), input)]);
    expect(new Set(both.map(({ runId }) => runId)).size).toBe(1);
    expect(both.map(({ already }) => already).sort()).toEqual([false, true]);
    expect((await launchChecked(as('Mei'), { campaignId, revision: 1 })).already).toBe(true);
    const log =
      await pool()`select data from audit_log where action = 'run.launched' and data ->> 'campaignId' = ${campaignId}`;
    expect(log.map(({ data }) => data.accepted)).toEqual([['link:not_https:email_0']]);
  });

  it('refuses another revision than the one that was seen, and viewers', async () => {
    await setTemplate(f.emailTemplateId, CLEAN);
    const campaignId = await make(draftOf(f, ['email']));
    await updateCampaign(as('Tom'), { campaignId, revision: 1, name: 'Changed' });
    await expect(launchChecked(as('Mei'), { campaignId, revision: 1 })).rejects.toMatchObject({ code: 'conflict' });
    await expect(launchChecked(as('Vi', 'viewer'), { campaignId, revision: 2 })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});

describe('a test', () => {
  it('goes out through the real provider with a contact’s data, marked, and outside every run', async () => {
    await setTemplate(f.emailTemplateId, CLEAN);
    const campaignId = await make(draftOf(f, ['email', 'sms']));
    const [contact] = await pool()<
      { id: string }[]
    >`select id from contacts where workspace_id = ${f.ctx.workspaceId} and external_id = 'X2'`;
    const contactId = contact?.id ?? null;
    const sent = await sendTest(as('Mei'), {
      campaignId,
      stepId: 'email_0',
      contactId,
      to: ['mei@telco.sg', 'MEI@telco.sg', 'tom@telco.sg'],
    });
    expect(sent).toMatchObject([
      { to: 'mei@telco.sg', outcome: 'accepted' },
      { to: 'tom@telco.sg', outcome: 'accepted' },
    ]);
    const [message] = await capture.messagesTo('mei@telco.sg');
    const header = (key: string) => message?.headers.find((each) => each.key.toLowerCase() === key)?.value;
    expect(header('subject')).toContain('[Test] Hello Name 2');
    expect(message?.html).toContain('https://telco.sg/look?c=X2');
    expect(message?.html).not.toContain('/api/t/');
    const texts = await sendTest(as('Mei'), { campaignId, stepId: 'sms_1', to: ['+6591234567'] });
    expect(texts).toMatchObject([{ to: '+6591234567', outcome: 'accepted' }]);
    expect(await pool()`select 1 from runs where workspace_id = ${f.ctx.workspaceId}`).toHaveLength(0);
    const log = await pool()`select 1 from audit_log where action = 'campaign.tested' and subject_id = ${campaignId}`;
    expect(log).toHaveLength(2);
  });

  it('refuses an address that is none, a missing sender, a foreign contact and viewers; nothing is sent', async () => {
    const draft = draftOf(f, ['email', 'sms']);
    const campaignId = await make(draft);
    const to = ['mei@telco.sg'];
    await expect(
      sendTest(as('Mei'), { campaignId, stepId: 'email_0', to: ['ok@telco.sg', 'a@b.sg\r\nBcc: x@y.sg'] }),
    ).rejects.toMatchObject({ code: 'invalid', issues: [{ path: 'to.1' }] });
    await expect(sendTest(as('Mei'), { campaignId, stepId: 'sms_1', to })).rejects.toMatchObject({ code: 'invalid' });
    await expect(sendTest(as('Mei'), { campaignId, stepId: 'gone', to })).rejects.toMatchObject({ code: 'not_found' });
    await expect(
      sendTest(as('Mei'), { campaignId, stepId: 'email_0', to, contactId: 'con_foreign' }),
    ).rejects.toMatchObject({ code: 'not_found' });
    await expect(sendTest(as('Vi', 'viewer'), { campaignId, stepId: 'email_0', to })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await pool()`update senders set archived_at = now() where id = ${f.emailSenderId}`;
    await expect(sendTest(as('Mei'), { campaignId, stepId: 'email_0', to })).rejects.toMatchObject({
      code: 'precondition',
    });
    expect(await capture.messagesTo('ok@telco.sg')).toEqual([]);
  });
});
