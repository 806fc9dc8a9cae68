import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pool } from '@/lib/db/client';
import type { CampaignDraftInput } from '@/lib/domain/campaign';
import type { HistoryLine } from '@/lib/domain/service-history';
import { historySentence, plannedSentence, sentenceText } from '@/lib/domain/service-words';
import { activateCampaign, deactivateCampaign } from '@/lib/features/campaigns/activate-campaign';
import { createCampaign } from '@/lib/features/campaigns/create-campaign';
import { launchCampaign } from '@/lib/features/campaigns/launch-campaign';
import { eraseContact } from '@/lib/features/contacts/erase-contact';
import { skipOccurrence } from '@/lib/features/occurrences/skip-occurrence';
import { runProgress } from '@/lib/features/runs/run-progress';
import { createSegment } from '@/lib/features/segments/create-segment';
import { addNote } from '@/lib/features/service/add-note';
import { contactHistory } from '@/lib/features/service/contact-history';
import { createEmbedLink } from '@/lib/features/service/create-embed-link';
import { lookUpCustomer } from '@/lib/features/service/look-up-customer';
import { openEmbedLink } from '@/lib/features/service/open-embed-link';
import { rebuildMessage } from '@/lib/features/service/rebuild-message';
import { resendMessage } from '@/lib/features/service/resend-message';
import { agentOf, type ServiceFixture, serviceFixture } from '@/lib/features/service/testing';
import { unsubscribeByWish } from '@/lib/features/service/unsubscribe-by-wish';
import { draftOf, launchAndQueue, sendAll } from '@/lib/features/testing/dispatch-fixture';
import { writeHits } from '@/lib/features/tracking/record-hit';

let s: ServiceFixture;

const said = (at: string) => at.slice(0, 4);
const told = (line: HistoryLine | undefined) => (line ? sentenceText(historySentence(line), said) : '');

beforeAll(async () => {
  s = await serviceFixture();
});
afterAll(() => s.end());

describe('the history of a customer', () => {
  it('tells each message in one line with what became of it, and no record steps', async () => {
    const contactId = await s.contactOf(1);
    const { items } = await contactHistory(agentOf(s.ours), { contactId });
    expect(items.map(told)).toEqual([
      expect.stringMatching(/^SMS Test campaign accepted \d{4}\.$/),
      expect.stringMatching(/^Email Test campaign accepted \d{4}\.$/),
    ]);
  });

  it('tells a machine that opened from a person', async () => {
    const contactId = await s.contactOf(1);
    const [row] = await pool()<{ id: string }[]>`
      select id from deliveries where run_id = ${s.runId} and contact_id = ${contactId} and step = 0`;
    const hit = { deliveryId: row?.id ?? '', kind: 'open' as const, link: null, ip: null };
    await writeHits([{ ...hit, userAgent: 'Mozilla/5.0 (via ggpht.com GoogleImageProxy)' }]);
    const line = async () => told((await contactHistory(agentOf(s.ours), { contactId })).items[1]);
    expect(await line()).toMatch(/opened \d{4} \(probably by a machine\)\.$/);
    await writeHits([{ ...hit, userAgent: 'Mozilla/5.0 (iPhone) Mail' }]);
    await pool()`update tracking_hits set at = at + interval '1 hour' where user_agent like '%iPhone%'`;
    expect(await line()).toMatch(/opened \d{4}\.$/);
  });

  it('says who was left out, why, and since when', async () => {
    const contactId = await s.contactOf(8);
    const { items } = await contactHistory(agentOf(s.ours), { contactId });
    expect(items.map(told)).toEqual(['Was left out of Test campaign: opted out of this channel.']);
  });

  it('comes in pages that together hold every line once', async () => {
    const contactId = await s.contactOf(2);
    for (let n = 0; n < 7; n++) await addNote(agentOf(s.ours), { contactId, text: `Note ${n}` });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await contactHistory(agentOf(s.ours), { contactId, limit: 3, ...(cursor ? { cursor } : {}) });
      seen.push(...page.items.map((item) => item.id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toHaveLength(9);
    expect(new Set(seen).size).toBe(9);
  });

  it('belongs to one workspace and to those who may', async () => {
    const contactId = await s.contactOf(1);
    await expect(contactHistory(agentOf(s.other), { contactId })).rejects.toMatchObject({ code: 'not_found' });
    await expect(contactHistory(agentOf(s.ours, 'viewer'), { contactId })).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('a look-up', () => {
  it('is audited once in ten minutes for the same person and customer', async () => {
    const contactId = await s.contactOf(1);
    await lookUpCustomer(agentOf(s.ours), { contactId });
    await lookUpCustomer(agentOf(s.ours), { contactId });
    await lookUpCustomer(agentOf(s.ours, 'service_agent', 'usr_second'), { contactId });
    const rows = await pool()`
      select actor ->> 'id' as who from audit_log where action = 'service.looked_up' and subject_id = ${contactId} order by id`;
    expect(rows.map((row) => row.who)).toEqual(['usr_agent', 'usr_second']);
    await expect(lookUpCustomer(agentOf(s.other), { contactId })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('says what waits of a run that is under way, and for what', async () => {
    const going = await launchAndQueue(
      s.ours,
      draftOf(s.ours, ['email', 'sms'], { policy: { waveSize: 3, waveGate: 'manual' } }),
    );
    const first = await lookUpCustomer(agentOf(s.ours), { contactId: await s.contactOf(1) });
    expect(first.underWay).toMatchObject([
      {
        runId: going,
        status: 'sending',
        steps: [{ state: 'queued', waits: { why: 'wave', wave: 1 } }, { state: 'ahead' }],
      },
    ]);
    await sendAll(s.ours, going);
    const sent = await lookUpCustomer(agentOf(s.ours), { contactId: await s.contactOf(1) });
    expect(sent.underWay[0]?.steps.map((step) => step.state)).toEqual(['accepted', 'accepted']);
    const later = await lookUpCustomer(agentOf(s.ours), { contactId: await s.contactOf(6) });
    expect(later.underWay[0]?.steps[0]).toMatchObject({ state: 'queued', waits: { why: 'wave', wave: 2 } });
    await unsubscribeByWish(agentOf(s.ours), { contactId: await s.contactOf(6), channel: 'email', reason: 'chat' });
    const unwanted = await lookUpCustomer(agentOf(s.ours), { contactId: await s.contactOf(6) });
    expect(unwanted.underWay[0]?.steps[0]).toMatchObject({ state: 'queued', waits: { why: 'unwanted' } });
    const out = await lookUpCustomer(agentOf(s.ours), { contactId: await s.contactOf(8) });
    expect(out.underWay).toEqual([]);
    await pool()`update runs set status = 'cancelled' where id = ${going}`;
  });

  it('says what will come and why, and what will not and why not', async () => {
    const { id: segmentId } = await createSegment(s.ours.ctx, {
      name: 'Pro plan',
      rule: {
        kind: 'group',
        match: 'all',
        rules: [{ kind: 'field', field: 'external_id', test: { type: 'text', op: 'equals', value: 'X1' } }],
      },
    });
    const at = new Date(Date.now() + 86_400_000).toISOString();
    const plan = async (name: string, audience: CampaignDraftInput['audience']) => {
      const draft = draftOf(s.ours, ['email'], { schedule: { kind: 'at', at }, audience });
      const campaign = await createCampaign(s.ours.ctx, { name, draft });
      return (await launchCampaign(s.ours.ctx, { campaignId: campaign.id })).runId;
    };
    await plan('Reminder', { include: [{ kind: 'segment', id: segmentId }] });
    await plan('Newsletter', {
      include: [{ kind: 'list', id: s.ours.listId }],
      exclude: [{ kind: 'segment', id: segmentId }],
    });
    const sentences = async (n: number) => {
      const { planned } = await lookUpCustomer(agentOf(s.ours), { contactId: await s.contactOf(n) });
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

  it('says what comes again and again, and what an event would start', async () => {
    const contactId = await s.contactOf(2);
    const planned = async () => {
      const answer = await lookUpCustomer(agentOf(s.ours), { contactId });
      return answer.planned.filter(({ campaign }) => campaign.startsWith('Again'));
    };
    const schedule = { kind: 'recurring' as const, repeat: { unit: 'day' as const }, times: ['09:00'] };
    const audience = { include: [{ kind: 'list' as const, id: s.ours.listId }] };
    const active = async (name: string, over: Partial<CampaignDraftInput>) => {
      const { id } = await createCampaign(s.ours.ctx, {
        name,
        draft: draftOf(s.ours, ['email'], { audience, ...over }),
      });
      await activateCampaign(s.ours.ctx, { campaignId: id });
      return id;
    };
    const daily = await active('Again daily', { schedule });
    const [line] = await planned();
    expect(line).toMatchObject({ runId: null, campaignId: daily, verdict: 'will_receive', event: null });
    expect(line?.also).toHaveLength(2);
    await skipOccurrence(s.ours.ctx, { campaignId: daily, plannedAt: line?.at ?? '' });
    expect((await planned())[0]?.at).toBe(line?.also[0]);
    await deactivateCampaign(s.ours.ctx, daily);
    expect(await planned()).toEqual([]);
    await active('Again later', { schedule: { ...schedule, repeat: { unit: 'month', day: 1 }, from: '2090-01-01' } });
    expect(await planned()).toEqual([]);
    await active('Again on event', { schedule: { kind: 'event', event: 'order.paid' } });
    expect((await planned()).map((one) => sentenceText(plannedSentence(one), said))).toEqual([
      'Will receive Again on event by email when “order.paid” happens: on the list “Customers”.',
    ]);
  });
});

describe('an act for a customer', () => {
  it('opts out of a channel with how they asked, once', async () => {
    const contactId = await s.contactOf(5);
    const wish = { contactId, channel: 'email' as const, reason: 'phone' as const, note: 'Too many' };
    await expect(unsubscribeByWish(agentOf(s.ours, 'marketer'), wish)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(unsubscribeByWish(agentOf(s.other), wish)).rejects.toMatchObject({ code: 'not_found' });
    expect(await unsubscribeByWish(agentOf(s.ours), wish)).toEqual({ changed: true });
    expect(await unsubscribeByWish(agentOf(s.ours), wish)).toEqual({ changed: false });
    const { items } = await contactHistory(agentOf(s.ours), { contactId });
    expect(told(items[0])).toBe('Unsubscribed from email through the service desk, asked by phone. “Too many”');
    const [audit] = await pool()`
      select data from audit_log where action = 'contact.unsubscribed' and subject_id = ${contactId}`;
    expect(audit?.data).toMatchObject({ channel: 'email', via: 'service desk, asked by phone' });
  });

  it('keeps a note in the history, and its words out of the audit log', async () => {
    const contactId = await s.contactOf(7);
    await expect(addNote(agentOf(s.ours), { contactId, text: '  ' })).rejects.toMatchObject({ code: 'invalid' });
    await expect(addNote(agentOf(s.other), { contactId, text: 'x' })).rejects.toMatchObject({ code: 'not_found' });
    await addNote(agentOf(s.ours), { contactId, text: 'Prefers the evening' });
    const { items } = await contactHistory(agentOf(s.ours), { contactId });
    expect(told(items[0])).toBe('Mei noted: Prefers the evening');
    const audit = await pool()`select data::text as data from audit_log where subject_id = ${contactId}`;
    expect(JSON.stringify(audit)).not.toContain('evening');
  });

  it('sends one message again, beside the books of its run', async () => {
    const contactId = await s.contactOf(3);
    const deliveryId = await s.messageOf(contactId);
    const before = await runProgress(s.ours.ctx, s.runId);
    const wish = { deliveryId, reason: 'not_arrived' as const };
    await expect(resendMessage(agentOf(s.ours, 'marketer'), wish)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(resendMessage(agentOf(s.other), wish)).rejects.toMatchObject({ code: 'not_found' });
    const received = (await s.received('c3@example.com')).length;
    const again = await resendMessage(agentOf(s.ours), wish);
    await expect(resendMessage(agentOf(s.ours), wish)).rejects.toMatchObject({ code: 'conflict' });
    expect((await sendAll(s.ours, s.runId)).status).toBe('completed');
    const [second = ''] = await s.received('c3@example.com');
    expect((await rebuildMessage(agentOf(s.ours), { deliveryId: again.deliveryId })).mime).toBe(second);
    expect(await s.received('c3@example.com')).toHaveLength(received + 1);
    const after = await runProgress(s.ours.ctx, s.runId);
    expect(after).toMatchObject({
      status: 'completed',
      balanced: true,
      steps: before.steps,
      audience: before.audience,
    });
    const { items } = await contactHistory(agentOf(s.ours), { contactId });
    const [line] = items;
    expect(line).toMatchObject({ kind: 'message', deliveryId: again.deliveryId, resendOf: deliveryId });
    expect(items[1]).toMatchObject({ kind: 'act', by: 'Mei', reason: 'The customer says it never arrived' });
  });

  it('sends nothing again to somebody who does not want it', async () => {
    const deliveryId = await s.messageOf(await s.contactOf(5));
    await expect(resendMessage(agentOf(s.ours), { deliveryId, reason: 'lost' })).rejects.toMatchObject({
      code: 'precondition',
    });
  });
});

describe('the panel for other systems', () => {
  it('opens with its link, for the right of whoever made it, until its time is up', async () => {
    const ws = s.ours.ctx.workspaceId;
    await pool()`insert into users (id, email, name) values ('usr_agent', 'mei@telco.example', 'Mei')`;
    await pool()`insert into members (workspace_id, user_id, role) values (${ws}, 'usr_agent', 'service_agent')`;
    await pool()`update workspaces set settings = settings || '{"frameAncestors":["https://crm.example.com"]}' where id = ${ws}`;
    const contactId = await s.contactOf(1);
    const { url, expiresAt } = await createEmbedLink(agentOf(s.ours), { contactId, minutes: 5 });
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
    await expect(createEmbedLink(agentOf(s.other), { contactId })).rejects.toMatchObject({ code: 'not_found' });
    await expect(createEmbedLink(agentOf(s.ours, 'viewer'), { contactId })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});

it('tells nothing of somebody who was erased', async () => {
  const contactId = await s.contactOf(7);
  const deliveryId = await s.messageOf(contactId);
  await eraseContact(agentOf(s.ours, 'admin'), { contactId, why: 'Asked in writing' });
  await expect(rebuildMessage(agentOf(s.ours), { deliveryId })).rejects.toMatchObject({ code: 'precondition' });
  const answer = await lookUpCustomer(agentOf(s.ours), { contactId });
  expect(JSON.stringify(answer)).not.toMatch(/evening|c7@example|Name 7/);
  expect(answer.planned).toEqual([]);
});
