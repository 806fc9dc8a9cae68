import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { POST as savePreferencesRoute } from '@/app/(public)/preferences/[token]/route';
import { GET as click, HEAD as scan } from '@/app/api/t/c/[token]/[link]/route';
import { GET as open } from '@/app/api/t/o/[token]/route';
import { POST as postUnsubscribe, GET as showUnsubscribe } from '@/app/u/[token]/route';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { type SentRun, sentRun } from '@/lib/features/outcomes/testing';
import { signToken } from '@/lib/features/secrets/tokens';
import { deliveryOfMessageId, messageLinks } from '@/lib/features/tracking/links';
import { readPreferences } from '@/lib/features/tracking/preferences';
import { writeHits } from '@/lib/features/tracking/record-hit';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
  await openPoolAt(database.url);
});
afterAll(async () => {
  await closePool();
  await database.drop();
});

const BASE = 'https://waybill.example';
const linksOf = (run: SentRun, index = 0) => messageLinks(BASE, run.deliveryIds[index] ?? '');
const last = (url: string) => url.slice(url.lastIndexOf('/') + 1);
const params = <T>(value: T) => ({ params: Promise.resolve(value) });

function visit(method: 'GET' | 'POST' | 'HEAD', body?: BodyInit): Request {
  const headers = { 'user-agent': 'Mozilla/5.0 (test)', 'x-forwarded-for': '10.0.0.1, 203.0.113.9' };
  return new Request(`${BASE}/x`, { method, headers, ...(body === undefined ? {} : { body }) });
}

function clickOn(run: SentRun, link: string) {
  return click(visit('GET'), params({ token: last(linksOf(run).clickBase), link }));
}

async function one(query: Promise<readonly Record<string, unknown>[]>): Promise<Record<string, unknown>> {
  return (await query)[0] ?? {};
}

const deliveryOf = (run: SentRun) => one(pool()`select * from deliveries where id = ${run.deliveryIds[0] ?? ''}`);
const contactOf = (run: SentRun) => one(pool()`select * from contacts where id = ${run.contactIds[0] ?? ''}`);
const hitsOf = (run: SentRun) =>
  pool()`select kind, link, ip, user_agent from tracking_hits where workspace_id = ${run.workspaceId} order by id`;

describe('the pixel', () => {
  it('stores who loaded it and when, and the first open once', async () => {
    const run = await sentRun();
    const token = last(linksOf(run).openUrl);
    const answers = await Promise.all(Array.from({ length: 5 }, () => open(visit('GET'), params({ token }))));
    expect(answers.every((answer) => answer.status === 200)).toBe(true);
    expect(answers[0]?.headers.get('content-type')).toBe('image/gif');
    const hits = await hitsOf(run);
    expect(hits).toHaveLength(5);
    expect(hits[0]).toMatchObject({ kind: 'open', link: null, ip: '203.0.113.9', user_agent: 'Mozilla/5.0 (test)' });
    expect((await deliveryOf(run)).opened_at).not.toBeNull();
    const lines =
      await pool()`select type from interactions where contact_id = ${run.contactIds[0] ?? ''} and type = 'email.opened'`;
    expect(lines).toHaveLength(1);
  });

  it('looks the same for a forged token and stores nothing', async () => {
    const run = await sentRun();
    const token = last(linksOf(run).openUrl);
    const forged = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
    expect((await open(visit('GET'), params({ token: forged }))).status).toBe(200);
    expect(await hitsOf(run)).toHaveLength(0);
  });

  it('stores nothing where the workspace or the contact does not want it', async () => {
    const off = await sentRun({ settings: { trackOpens: false } });
    const shy = await sentRun();
    await pool()`update contacts set tracking_off = true where workspace_id = ${shy.workspaceId}`;
    for (const run of [off, shy]) {
      expect((await open(visit('GET'), params({ token: last(linksOf(run).openUrl) }))).status).toBe(200);
      expect(await hitsOf(run)).toHaveLength(0);
      expect((await deliveryOf(run)).opened_at).toBeNull();
    }
    expect((await clickOn(shy, '0')).headers.get('location')).toBe('https://shop.example/phone');
    expect((await deliveryOf(shy)).clicked_at).toBeNull();
  });
});

describe('a tracked link', () => {
  it('leads to the entry of the link table of that very message, filled as the message was', async () => {
    const run = await sentRun();
    const answer = await clickOn(run, '0');
    expect([answer.status, answer.headers.get('location')]).toEqual([302, 'https://shop.example/phone']);
    expect((await clickOn(run, '1')).headers.get('location')).toBe('https://shop.example/?n=Mei%201');
    expect(await deliveryOf(run)).toMatchObject({ opened_at: expect.any(Date), clicked_at: expect.any(Date) });
    expect((await hitsOf(run)).map((hit) => hit.link)).toEqual([0, 1]);
  });

  it('never leads anywhere else, whatever the request says', async () => {
    const run = await sentRun();
    for (const link of ['2', '3', '9999', '-1', 'https://evil.example', '0?url=https://evil.example', '']) {
      const answer = await clickOn(run, link);
      expect([answer.status, answer.headers.get('location')]).toEqual([404, null]);
    }
    const stranger = await click(visit('GET'), params({ token: 'zz.AAAAAAAAAAAAAAAA', link: '0' }));
    expect(stranger.status).toBe(404);
  });

  it('counts nothing when a scanner only asks whether it is there', async () => {
    const run = await sentRun();
    const answer = await scan(visit('HEAD'), params({ token: last(linksOf(run).clickBase), link: '0' }));
    expect(answer.status).toBe(200);
    expect(await hitsOf(run)).toHaveLength(0);
  });

  it('cannot be used to unsubscribe its reader', async () => {
    const run = await sentRun();
    const answer = await postUnsubscribe(visit('POST'), params({ token: last(linksOf(run).clickBase) }));
    expect(answer.status).toBe(404);
    expect((await contactOf(run)).email_opted_out_at).toBeNull();
  });

  it('is not what a Message-ID carries: that names its delivery to the bounce mailbox only', () => {
    expect(deliveryOfMessageId(`<${signToken('bounce', '4711')}@acme.example>`)).toBe('4711');
    expect(deliveryOfMessageId(`<${signToken('click', '4711')}@acme.example>`)).toBeNull();
    expect(deliveryOfMessageId('<someone@else.example>')).toBeNull();
  });
});

describe('hits', () => {
  it('are acknowledged after their commit: none of a thousand is lost', async () => {
    const run = await sentRun({ contacts: 100 });
    const started = performance.now();
    await Promise.all(
      Array.from({ length: 1000 }, (_, n) =>
        open(visit('GET'), params({ token: last(linksOf(run, n % 100).openUrl) })),
      ),
    );
    console.info(`1000 opens acknowledged in ${Math.round(performance.now() - started)} ms`);
    expect(await hitsOf(run)).toHaveLength(1000);
    const opened = await one(pool()`select count(opened_at)::int as n from deliveries where run_id = ${run.runId}`);
    expect(opened.n).toBe(100);
  });

  it('of signatures that are ours are limited by nothing: everybody clicks from one address, and nobody is lost', async () => {
    const run = await sentRun({ contacts: 100 });
    const tokens = run.deliveryIds.map((id) => last(messageLinks(BASE, id).clickBase));
    const answers = await Promise.all(
      Array.from({ length: 600 }, (_, n) => click(visit('GET'), params({ token: tokens[n % 100] ?? '', link: '0' }))),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([302]));
    expect(await hitsOf(run)).toHaveLength(600);
  });

  it('of a delivery that does not exist have no place and harm no neighbour', async () => {
    const run = await sentRun();
    const hit = { kind: 'open', link: null, ip: null, userAgent: null } as const;
    const places = await writeHits([
      { ...hit, deliveryId: '999999999' },
      { ...hit, deliveryId: run.deliveryIds[0] ?? '' },
    ]);
    expect(places.map((place) => place?.runId ?? null)).toEqual([null, run.runId]);
  });
});

const oneClick = () => new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });

describe('unsubscribing', () => {
  it('needs a POST: looking at the page changes nothing (RFC 8058 §3.1, scanners open every link)', async () => {
    const run = await sentRun();
    const page = await showUnsubscribe(visit('GET'), params({ token: last(linksOf(run).unsubscribeUrl) }));
    const html = await page.text();
    expect(page.status).toBe(200);
    expect(html).toContain('<form method="post"');
    expect(html).toContain('p…@example.com');
    expect(html).not.toContain('<script');
    expect((await contactOf(run)).email_opted_out_at).toBeNull();
  });

  it('by one click works without a cookie, answers without a redirect, and is idempotent (RFC 8058 §3.2)', async () => {
    const run = await sentRun();
    const token = last(linksOf(run).unsubscribeUrl);
    const form = new FormData();
    form.set('List-Unsubscribe', 'One-Click');
    for (const body of [oneClick(), form, oneClick()]) {
      const answer = await postUnsubscribe(visit('POST', body), params({ token }));
      expect([answer.status, answer.headers.get('location'), await answer.text()]).toEqual([200, null, '']);
    }
    expect((await contactOf(run)).email_opted_out_at).not.toBeNull();
    expect((await deliveryOf(run)).unsubscribed_at).not.toBeNull();
    expect(
      await one(pool()`select status, source, evidence from subscriptions where list_id = ${run.listId}`),
    ).toMatchObject({ status: 'unsubscribed', source: 'one_click', evidence: { ip: '203.0.113.9' } });
    const lines =
      await pool()`select data from interactions where contact_id = ${run.contactIds[0] ?? ''} and type = 'email.unsubscribed'`;
    expect(lines).toHaveLength(1);
    const audit = await pool()`select action from audit_log where workspace_id = ${run.workspaceId}`;
    expect(audit.map((row) => row.action)).toEqual(['contact.unsubscribed']);
  });

  it('is done whatever else the request holds: nothing, nonsense, or a body too large to be read', async () => {
    for (const body of ['', 'no form', 'x'.repeat(70_000)]) {
      const run = await sentRun();
      const token = last(linksOf(run).unsubscribeUrl);
      expect((await postUnsubscribe(visit('POST', body), params({ token }))).status).toBe(200);
      expect((await contactOf(run)).email_opted_out_at).not.toBeNull();
    }
  });

  it('takes everybody with that address out, and nobody else', async () => {
    const run = await sentRun({ contacts: 3 });
    await pool()`update contacts set email = 'p1@example.com' where id = ${run.contactIds[2] ?? ''}`;
    await postUnsubscribe(visit('POST', oneClick()), params({ token: last(linksOf(run).unsubscribeUrl) }));
    const out =
      await pool()`select id from contacts where workspace_id = ${run.workspaceId} and email_opted_out_at is not null order by id`;
    expect(out.map((row) => row.id)).toEqual([run.contactIds[0], run.contactIds[2]].sort());
  });

  it('ends text messages, not email, when the message was a text', async () => {
    const run = await sentRun({ channel: 'sms' });
    await postUnsubscribe(visit('POST', oneClick()), params({ token: last(linksOf(run).unsubscribeUrl) }));
    expect(await contactOf(run)).toMatchObject({ sms_opted_out_at: expect.any(Date), email_opted_out_at: null });
  });

  it('is confirmed by one email where the workspace wants that', async () => {
    const run = await sentRun({ settings: { confirmUnsubscribe: true } });
    const token = last(linksOf(run).unsubscribeUrl);
    for (const body of [oneClick(), oneClick()]) await postUnsubscribe(visit('POST', body), params({ token }));
    const notices = await pool()`select topic, target, payload from notices where workspace_id = ${run.workspaceId}`;
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatchObject({ topic: 'contact.unsubscribed', target: 'p1@example.com' });
  });

  it('says that a wrong link is wrong, and changes nothing', async () => {
    for (const token of ['', 'x', 'zz.AAAAAAAAAAAAAAAA']) {
      expect((await showUnsubscribe(visit('GET'), params({ token }))).status).toBe(404);
      expect((await postUnsubscribe(visit('POST', oneClick()), params({ token }))).status).toBe(404);
    }
  });
});

describe('the preference page', () => {
  it('switches lists and the channel off and on again, with evidence', async () => {
    const run = await sentRun();
    const token = last(linksOf(run).preferencesUrl);
    await pool()`insert into lists (id, workspace_id, name) values ('lst_b', ${run.workspaceId}, 'Offers <b>')`;
    await pool()`insert into subscriptions (workspace_id, list_id, contact_id, status, source)
                 values (${run.workspaceId}, 'lst_b', ${run.contactIds[0] ?? ''}, 'subscribed', 'test')`;
    const send = async (...entries: [string, string][]) => {
      const answer = await savePreferencesRoute(visit('POST', new URLSearchParams(entries)), params({ token }));
      return answer.text();
    };
    const statuses = async () => (await readPreferences(token))?.lists.map((list) => list.isSubscribed);
    expect(await send(['wish', 'save'], ['list', 'lst_b'], ['list', 'lst_not_mine'])).toContain('Offers &lt;b&gt;');
    expect(await statuses()).toEqual([false, true]);
    await send(['wish', 'nothing']);
    expect(await statuses()).toEqual([false, false]);
    expect((await contactOf(run)).email_opted_out_at).not.toBeNull();
    await send(['wish', 'save'], ['list', run.listId]);
    expect(await statuses()).toEqual([true, false]);
    expect((await contactOf(run)).email_opted_out_at).toBeNull();
    const mine = await pool()`select list_id from subscriptions where list_id = 'lst_not_mine'`;
    expect(mine).toHaveLength(0);
  });
});
