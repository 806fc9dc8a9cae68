import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ctx } from '@/lib/context';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import type { CampaignDraftInput } from '@/lib/domain/campaign';
import type { Role } from '@/lib/domain/role';
import type { HistoryLine } from '@/lib/domain/service-history';
import { historySentence, plannedSentence, sentenceText } from '@/lib/domain/service-words';
import { createCampaign } from '@/lib/features/campaigns/create-campaign';
import { launchCampaign } from '@/lib/features/campaigns/launch-campaign';
import { eraseContact } from '@/lib/features/contacts/erase-contact';
import { runProgress } from '@/lib/features/runs/run-progress';
import { createSegment } from '@/lib/features/segments/create-segment';
import { addNote } from '@/lib/features/service/add-note';
import { contactHistory } from '@/lib/features/service/contact-history';
import { createEmbedLink } from '@/lib/features/service/create-embed-link';
import { lookUpCustomer } from '@/lib/features/service/look-up-customer';
import { messageDocument } from '@/lib/features/service/message-document';
import { openEmbedLink } from '@/lib/features/service/open-embed-link';
import { rebuildMessage } from '@/lib/features/service/rebuild-message';
import { resendMessage } from '@/lib/features/service/resend-message';
import { searchCustomers } from '@/lib/features/service/search-customers';
import { unsubscribeByWish } from '@/lib/features/service/unsubscribe-by-wish';
import { type CaptureFixture, captureFixture } from '@/lib/features/testing/capture-fixture';
import {
  closeTestChannels,
  type DispatchFixture,
  dispatchFixture,
  draftOf,
  launchAndQueue,
  sendAll,
} from '@/lib/features/testing/dispatch-fixture';
import { writeHits } from '@/lib/features/tracking/record-hit';
import { deliveryIdToPublic } from '@/lib/ids';

let database: TestDatabase;
let capture: CaptureFixture;
let f: DispatchFixture;
let other: DispatchFixture;
let runId: string;

const as = (fixture: DispatchFixture, role: Role = 'service_agent', userId = 'usr_agent'): Ctx => ({
  workspaceId: fixture.ctx.workspaceId,
  actor: { type: 'user', userId, name: 'Mei', role },
});
const said = (at: string) => at.slice(0, 4);
const told = (line: HistoryLine | undefined) => (line ? sentenceText(historySentence(line), said) : '');

async function contactOf(fixture: DispatchFixture, n: number): Promise<string> {
  const [row] = await pool()<{ id: string }[]>`
    select id from contacts where workspace_id = ${fixture.ctx.workspaceId} and external_id = ${`X${n}`}`;
  return row?.id ?? '';
}

async function messageOf(contactId: string, step = 0, run = runId): Promise<string> {
  const [row] = await pool()<{ id: string }[]>`
    select id from deliveries where run_id = ${run} and contact_id = ${contactId} and step = ${step} and resend_of is null`;
  return deliveryIdToPublic(row?.id ?? '0');
}

async function rawMessagesTo(address: string): Promise<string[]> {
  const list = await fetch(`${capture.smsUrl}/inbox?to=${encodeURIComponent(address)}`);
  const { messages } = (await list.json()) as { messages: { id: string }[] };
  return Promise.all(
    messages.map(async ({ id }) => {
      const one = (await (await fetch(`${capture.smsUrl}/inbox/${id}`)).json()) as { raw?: string; text?: string };
      return one.raw ?? one.text ?? '';
    }),
  );
}

beforeAll(async () => {
  capture = await captureFixture();
  database = await testDatabase();
  await openPoolAt(database.url);
  f = await dispatchFixture(capture, 8);
  other = await dispatchFixture(capture, 2, (n) => `other${n}@example.com`);
  await pool()`update workspaces set settings = settings || '{"defaultCountry":"SG"}' where id = ${f.ctx.workspaceId}`;
  await pool()`update contacts set first_name = 'Zoë', last_name = 'Ünal-Müller' where id = ${await contactOf(f, 3)}`;
  await pool()`update contacts set phone = '+6591234567' where id = ${await contactOf(f, 4)}`;
  await pool()`update contacts set email_opted_out_at = now() where id = ${await contactOf(f, 8)}`;
  runId = await launchAndQueue(f, draftOf(f, ['email', 'record', 'sms']));
  expect((await sendAll(f, runId)).status).toBe('completed');
});
afterAll(async () => {
  await closeTestChannels();
  await closePool();
  await database.drop();
  await capture.close();
});

describe('a search', () => {
  it.each([
    ['X3', 'number'],
    ['x3', 'number'],
    ['c3@example.com', 'email'],
    ['c3@', 'email'],
    ['zoë', 'name'],
    ['ünal', 'name'],
    ['zoë mül', 'name'],
  ])('finds a customer by %s', async (q, found) => {
    const { items } = await searchCustomers(as(f), { q });
    expect(items[0]).toMatchObject({ externalId: 'X3', found });
  });

  it.each(['+6591234567', '9123 4567', '(+65) 9123-4567', '0065 9123 4567', '9123', '4567', '234567'])(
    'finds a phone by %s',
    async (q) => {
      const { items } = await searchCustomers(as(f), { q });
      expect(items.map((one) => one.externalId)).toContain('X4');
    },
  );

  it.each(["'; drop table contacts; --", '%', '_', "\\' | x", ':*', '!!!', '', '🙂'])(
    'for %s breaks nothing',
    async (q) => {
      expect((await searchCustomers(as(f), { q })).items).toEqual([]);
    },
  );

  it('sees its own workspace only, and is for those who may', async () => {
    expect((await searchCustomers(as(other), { q: 'zoë' })).items).toEqual([]);
    await expect(searchCustomers(as(f, 'viewer'), { q: 'zoë' })).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('the exact message', () => {
  it.each([1, 3])('is byte for byte what the provider received', async (n) => {
    const message = await rebuildMessage(as(f), { deliveryId: await messageOf(await contactOf(f, n)) });
    const [raw, ...more] = await rawMessagesTo(`c${n}@example.com`);
    expect(more).toEqual([]);
    expect(message.mime).toBe(raw);
    expect(message.html).toContain('/api/t/c/');
    expect(message).toMatchObject({ state: 'accepted', channel: 'email', to: `c${n}@example.com` });
    expect(message.headers.map((header) => header.name)).toContain('List-Unsubscribe');
  });

  it('is the exact text of an SMS', async () => {
    const message = await rebuildMessage(as(f), { deliveryId: await messageOf(await contactOf(f, 4), 2) });
    expect([message.text]).toEqual(await rawMessagesTo('+6591234567'));
  });

  it('is the same after the template, the customer and the sender were changed', async () => {
    const deliveryId = await messageOf(await contactOf(f, 3));
    const before = await rebuildMessage(as(f), { deliveryId });
    await pool()`update contacts set first_name = 'Nobody' where id = ${await contactOf(f, 3)}`;
    await pool()`update senders set address = 'other@telco.example', from_name = 'X' where id = ${f.emailSenderId}`;
    await pool()`update templates set content = jsonb_set(content, '{subject}', '"Changed"') where id = ${f.emailTemplateId}`;
    expect((await rebuildMessage(as(f), { deliveryId })).mime).toBe(before.mime);
    await pool()`update contacts set first_name = 'Zoë' where id = ${await contactOf(f, 3)}`;
    await pool()`update senders set address = 'news@telco.example', from_name = 'Telco' where id = ${f.emailSenderId}`;
  });

  it('is shown as a copy that reports nothing and leads nowhere', async () => {
    const shown = await messageDocument(as(f), { deliveryId: await messageOf(await contactOf(f, 3)) });
    expect(shown).toContain('Zoë');
    expect(shown).not.toMatch(/\shref=|\/api\/t\/|\/u\//);
  });

  it('belongs to one workspace, to those who may, and to messages that were made', async () => {
    const deliveryId = await messageOf(await contactOf(f, 3));
    await expect(rebuildMessage(as(other), { deliveryId })).rejects.toMatchObject({ code: 'not_found' });
    await expect(rebuildMessage(as(f), { deliveryId: 'dlv_zzzzzz' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(rebuildMessage(as(f), { deliveryId: "dlv_' or 1" })).rejects.toMatchObject({ code: 'not_found' });
    await expect(rebuildMessage(as(f, 'viewer'), { deliveryId })).rejects.toMatchObject({ code: 'forbidden' });
    const record = await messageOf(await contactOf(f, 3), 1);
    await expect(rebuildMessage(as(f), { deliveryId: record })).rejects.toMatchObject({ code: 'precondition' });
  });
});

describe('the history of a customer', () => {
  it('tells each message in one line with what became of it, and no record steps', async () => {
    const contactId = await contactOf(f, 1);
    const { items } = await contactHistory(as(f), { contactId });
    expect(items.map(told)).toEqual([
      expect.stringMatching(/^SMS Test campaign accepted \d{4}\.$/),
      expect.stringMatching(/^Email Test campaign accepted \d{4}\.$/),
    ]);
  });

  it('tells a machine that opened from a person', async () => {
    const contactId = await contactOf(f, 1);
    const [row] = await pool()<{ id: string }[]>`
      select id from deliveries where run_id = ${runId} and contact_id = ${contactId} and step = 0`;
    const hit = { deliveryId: row?.id ?? '', kind: 'open' as const, link: null, ip: null };
    await writeHits([{ ...hit, userAgent: 'Mozilla/5.0 (via ggpht.com GoogleImageProxy)' }]);
    const line = async () => told((await contactHistory(as(f), { contactId })).items[1]);
    expect(await line()).toMatch(/opened \d{4} \(probably by a machine\)\.$/);
    await writeHits([{ ...hit, userAgent: 'Mozilla/5.0 (iPhone) Mail' }]);
    await pool()`update tracking_hits set at = at + interval '1 hour' where user_agent like '%iPhone%'`;
    expect(await line()).toMatch(/opened \d{4}\.$/);
  });

  it('says who was left out, why, and since when', async () => {
    const contactId = await contactOf(f, 8);
    const { items } = await contactHistory(as(f), { contactId });
    expect(items.map(told)).toEqual(['Was left out of Test campaign: opted out of this channel.']);
  });

  it('comes in pages that together hold every line once', async () => {
    const contactId = await contactOf(f, 2);
    for (let n = 0; n < 7; n++) await addNote(as(f), { contactId, text: `Note ${n}` });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await contactHistory(as(f), { contactId, limit: 3, ...(cursor ? { cursor } : {}) });
      seen.push(...page.items.map((item) => item.id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toHaveLength(9);
    expect(new Set(seen).size).toBe(9);
  });

  it('belongs to one workspace and to those who may', async () => {
    const contactId = await contactOf(f, 1);
    await expect(contactHistory(as(other), { contactId })).rejects.toMatchObject({ code: 'not_found' });
    await expect(contactHistory(as(f, 'viewer'), { contactId })).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('a look-up', () => {
  it('is audited once in ten minutes for the same person and customer', async () => {
    const contactId = await contactOf(f, 1);
    await lookUpCustomer(as(f), { contactId });
    await lookUpCustomer(as(f), { contactId });
    await lookUpCustomer(as(f, 'service_agent', 'usr_second'), { contactId });
    const rows = await pool()`
      select actor ->> 'id' as who from audit_log where action = 'service.looked_up' and subject_id = ${contactId} order by id`;
    expect(rows.map((row) => row.who)).toEqual(['usr_agent', 'usr_second']);
    await expect(lookUpCustomer(as(other), { contactId })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('says what waits of a run that is under way, and for what', async () => {
    const going = await launchAndQueue(
      f,
      draftOf(f, ['email', 'sms'], { policy: { waveSize: 3, waveGate: 'manual' } }),
    );
    const first = await lookUpCustomer(as(f), { contactId: await contactOf(f, 1) });
    expect(first.underWay).toMatchObject([
      {
        runId: going,
        status: 'sending',
        steps: [{ state: 'queued', waits: { why: 'wave', wave: 1 } }, { state: 'ahead' }],
      },
    ]);
    await sendAll(f, going);
    const sent = await lookUpCustomer(as(f), { contactId: await contactOf(f, 1) });
    expect(sent.underWay[0]?.steps.map((step) => step.state)).toEqual(['accepted', 'accepted']);
    const later = await lookUpCustomer(as(f), { contactId: await contactOf(f, 6) });
    expect(later.underWay[0]?.steps[0]).toMatchObject({ state: 'queued', waits: { why: 'wave', wave: 2 } });
    const out = await lookUpCustomer(as(f), { contactId: await contactOf(f, 8) });
    expect(out.underWay).toEqual([]);
    await pool()`update runs set status = 'cancelled' where id = ${going}`;
  });

  it('says what will come and why, and what will not and why not', async () => {
    const { id: segmentId } = await createSegment(f.ctx, {
      name: 'Pro plan',
      rule: {
        kind: 'group',
        match: 'all',
        rules: [{ kind: 'field', field: 'external_id', test: { type: 'text', op: 'equals', value: 'X1' } }],
      },
    });
    const at = new Date(Date.now() + 86_400_000).toISOString();
    const plan = async (name: string, audience: CampaignDraftInput['audience']) => {
      const draft = draftOf(f, ['email'], { schedule: { kind: 'at', at }, audience });
      const campaign = await createCampaign(f.ctx, { name, draft });
      return (await launchCampaign(f.ctx, { campaignId: campaign.id })).runId;
    };
    await plan('Reminder', { include: [{ kind: 'segment', id: segmentId }] });
    await plan('Newsletter', {
      include: [{ kind: 'list', id: f.listId }],
      exclude: [{ kind: 'segment', id: segmentId }],
    });
    const sentences = async (n: number) => {
      const { planned } = await lookUpCustomer(as(f), { contactId: await contactOf(f, n) });
      return planned.map((one) => sentenceText(plannedSentence(one), said)).sort();
    };
    const [year] = at.split('-');
    expect(await sentences(1)).toEqual([
      expect.stringMatching(
        /^Will be left out of Newsletter on \d{4}: on an exclude list or segment, in the excluded segment “Pro plan” \(.*X1.*\)\.$/,
      ),
      expect.stringMatching(/^Will receive Reminder by email on \d{4}: in the segment “Pro plan” \(.*X1.*\)\.$/),
    ]);
    expect(await sentences(2)).toEqual([
      `Reminder on ${year} does not address this customer: on none of its lists, in none of its segments.`,
      `Will receive Newsletter by email on ${year}: on the list “Customers”.`,
    ]);
    expect((await sentences(8))[1]).toBe(`Will be left out of Newsletter on ${year}: opted out of this channel.`);
  });
});

describe('an act for a customer', () => {
  it('opts out of a channel with how they asked, once', async () => {
    const contactId = await contactOf(f, 5);
    const wish = { contactId, channel: 'email' as const, reason: 'phone' as const, note: 'Too many' };
    await expect(unsubscribeByWish(as(f, 'marketer'), wish)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(unsubscribeByWish(as(other), wish)).rejects.toMatchObject({ code: 'not_found' });
    expect(await unsubscribeByWish(as(f), wish)).toEqual({ changed: true });
    expect(await unsubscribeByWish(as(f), wish)).toEqual({ changed: false });
    const { items } = await contactHistory(as(f), { contactId });
    expect(told(items[0])).toBe('Unsubscribed from email through the service desk, asked by phone. “Too many”');
    const [audit] = await pool()`
      select data from audit_log where action = 'contact.unsubscribed' and subject_id = ${contactId}`;
    expect(audit?.data).toMatchObject({ channel: 'email', via: 'service desk, asked by phone' });
  });

  it('keeps a note in the history, and its words out of the audit log', async () => {
    const contactId = await contactOf(f, 7);
    await expect(addNote(as(f), { contactId, text: '  ' })).rejects.toMatchObject({ code: 'invalid' });
    await expect(addNote(as(other), { contactId, text: 'x' })).rejects.toMatchObject({ code: 'not_found' });
    await addNote(as(f), { contactId, text: 'Prefers the evening' });
    const { items } = await contactHistory(as(f), { contactId });
    expect(told(items[0])).toBe('Mei noted: Prefers the evening');
    const audit = await pool()`select data::text as data from audit_log where subject_id = ${contactId}`;
    expect(JSON.stringify(audit)).not.toContain('evening');
  });

  it('sends one message again, beside the books of its run', async () => {
    const contactId = await contactOf(f, 3);
    const deliveryId = await messageOf(contactId);
    const before = await runProgress(f.ctx, runId);
    const wish = { deliveryId, reason: 'not_arrived' as const };
    await expect(resendMessage(as(f, 'marketer'), wish)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(resendMessage(as(other), wish)).rejects.toMatchObject({ code: 'not_found' });
    const received = (await rawMessagesTo('c3@example.com')).length;
    const again = await resendMessage(as(f), wish);
    await expect(resendMessage(as(f), wish)).rejects.toMatchObject({ code: 'conflict' });
    expect((await sendAll(f, runId)).status).toBe('completed');
    const [second = ''] = await rawMessagesTo('c3@example.com');
    expect((await rebuildMessage(as(f), { deliveryId: again.deliveryId })).mime).toBe(second);
    expect(await rawMessagesTo('c3@example.com')).toHaveLength(received + 1);
    const after = await runProgress(f.ctx, runId);
    expect(after).toMatchObject({
      status: 'completed',
      balanced: true,
      steps: before.steps,
      audience: before.audience,
    });
    const { items } = await contactHistory(as(f), { contactId });
    const [line] = items;
    expect(line).toMatchObject({ kind: 'message', deliveryId: again.deliveryId, resendOf: deliveryId });
    expect(items[1]).toMatchObject({ kind: 'act', by: 'Mei', reason: 'The customer says it never arrived' });
  });

  it('sends nothing again to somebody who does not want it', async () => {
    const deliveryId = await messageOf(await contactOf(f, 5));
    await expect(resendMessage(as(f), { deliveryId, reason: 'lost' })).rejects.toMatchObject({ code: 'precondition' });
  });
});

describe('the panel for other systems', () => {
  it('opens with its link, for the right of whoever made it, until its time is up', async () => {
    const ws = f.ctx.workspaceId;
    await pool()`insert into users (id, email, name) values ('usr_agent', 'mei@telco.example', 'Mei')`;
    await pool()`insert into members (workspace_id, user_id, role) values (${ws}, 'usr_agent', 'service_agent')`;
    await pool()`update workspaces set settings = settings || '{"frameAncestors":["https://crm.example.com"]}' where id = ${ws}`;
    const contactId = await contactOf(f, 1);
    const { url, expiresAt } = await createEmbedLink(as(f), { contactId, minutes: 5 });
    const token = url.split('/').at(-1) ?? '';
    expect(await openEmbedLink(token)).toMatchObject({
      state: 'open',
      contactId,
      ctx: { workspaceId: ws },
      frameAncestors: ['https://crm.example.com'],
    });
    expect(await openEmbedLink(token, expiresAt)).toMatchObject({ state: 'ended' });
    const cut = `${token.slice(0, -2)}AA`;
    expect(await openEmbedLink(cut)).toEqual({ state: 'unknown' });
    expect(await openEmbedLink('x')).toEqual({ state: 'unknown' });
    await pool()`update members set role = 'viewer' where user_id = 'usr_agent'`;
    expect(await openEmbedLink(token)).toMatchObject({ state: 'ended' });
    await expect(createEmbedLink(as(other), { contactId })).rejects.toMatchObject({ code: 'not_found' });
    await expect(createEmbedLink(as(f, 'viewer'), { contactId })).rejects.toMatchObject({ code: 'forbidden' });
  });
});

it('tells nothing of somebody who was erased', async () => {
  const contactId = await contactOf(f, 7);
  const deliveryId = await messageOf(contactId);
  await eraseContact(as(f, 'admin'), { contactId, why: 'Asked in writing' });
  await expect(rebuildMessage(as(f), { deliveryId })).rejects.toMatchObject({ code: 'precondition' });
  const answer = await lookUpCustomer(as(f), { contactId });
  expect(JSON.stringify(answer)).not.toMatch(/evening|c7@example|Name 7/);
  expect(answer.planned).toEqual([]);
});
