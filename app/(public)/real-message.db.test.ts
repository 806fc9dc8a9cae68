import { afterAll, beforeAll, expect, it } from 'vitest';
import { POST as savePreferences } from '@/app/(public)/preferences/[token]/route';
import { GET as click } from '@/app/api/t/c/[token]/[link]/route';
import { GET as open } from '@/app/api/t/o/[token]/route';
import { POST as unsubscribe } from '@/app/u/[token]/route';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { env } from '@/lib/env';
import { type CaptureFixture, captureFixture } from '@/lib/features/testing/capture-fixture';
import {
  closeTestChannels,
  dispatchFixture,
  draftOf,
  launchAndQueue,
  sendAll,
} from '@/lib/features/testing/dispatch-fixture';

let database: TestDatabase;
let capture: CaptureFixture;

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

const pathOf = (url: string | undefined) => new URL(url ?? 'http://missing.example/').pathname.split('/').slice(1);
const request = (method: 'GET' | 'POST', body?: URLSearchParams) =>
  new Request(env().APP_URL, { method, ...(body ? { body } : {}) });
const params = <T>(value: T) => ({ params: Promise.resolve(value) });

it('every link of a message that was really sent does what it promises', async () => {
  const f = await dispatchFixture(capture, 3);
  const runId = await launchAndQueue(f, draftOf(f, ['email']));
  expect((await sendAll(f, runId)).status).toBe('completed');
  const messages = await capture.messagesTo('c2@example.com');
  expect(messages).toHaveLength(1);
  const { html = '', headers = [] } = messages[0] ?? {};
  const header = (name: string) => headers.find(({ key }) => key === name)?.value ?? '';
  const [contact] = await pool()<{ id: string }[]>`
    select id from contacts where workspace_id = ${f.ctx.workspaceId} and email = 'c2@example.com'`;
  const facts = async () => {
    const [row] = await pool()`
      select d.opened_at, d.clicked_at, d.unsubscribed_at, c.email_opted_out_at, s.status
      from deliveries d join contacts c on c.id = d.contact_id join subscriptions s on s.contact_id = c.id
      where d.run_id = ${runId} and d.contact_id = ${contact?.id ?? ''}`;
    return row;
  };

  const [, , , pixelToken = ''] = pathOf(/src="([^"]*\/api\/t\/o\/[^"]+)"/.exec(html)?.[1]);
  expect((await open(request('GET'), params({ token: pixelToken }))).status).toBe(200);
  expect(await facts()).toMatchObject({ opened_at: expect.any(Date), clicked_at: null });

  const [, , , clickToken = '', link = ''] = pathOf(/href="([^"]*\/api\/t\/c\/[^"]+)"/.exec(html)?.[1]);
  const answer = await click(request('GET'), params({ token: clickToken, link }));
  expect([answer.status, answer.headers.get('location')]).toEqual([302, 'https://example.com/look?c=X2']);
  expect(await facts()).toMatchObject({ clicked_at: expect.any(Date), unsubscribed_at: null });

  expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
  const [, unsubscribeToken = ''] = pathOf(/<(https?:[^>]+)>/.exec(header('list-unsubscribe'))?.[1]);
  const oneClick = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
  expect((await unsubscribe(request('POST', oneClick), params({ token: unsubscribeToken }))).status).toBe(200);
  expect(await facts()).toMatchObject({ email_opted_out_at: expect.any(Date), status: 'unsubscribed' });

  const [, preferencesToken = ''] = pathOf(/href="([^"]*\/preferences\/[^"]+)"/.exec(html)?.[1]);
  const again = new URLSearchParams({ wish: 'save', list: f.listId });
  expect((await savePreferences(request('POST', again), params({ token: preferencesToken }))).status).toBe(200);
  expect(await facts()).toMatchObject({ email_opted_out_at: null, status: 'subscribed' });
});

it('whoever opts out while the run is going is skipped at the next intent, with the reason', async () => {
  const f = await dispatchFixture(capture, 4);
  const first = await launchAndQueue(f, draftOf(f, ['email']));
  const second = await launchAndQueue(f, draftOf(f, ['email'], { policy: { maxAttempts: 2 } }));
  expect((await sendAll(f, first)).status).toBe('completed');
  const [message] = await capture.messagesTo('c3@example.com');
  const value = message?.headers.find(({ key }) => key === 'list-unsubscribe')?.value ?? '';
  const [, token = ''] = pathOf(/<(https?:[^>]+)>/.exec(value)?.[1]);
  await unsubscribe(request('POST', new URLSearchParams({ 'List-Unsubscribe': 'One-Click' })), params({ token }));
  expect((await sendAll(f, second)).status).toBe('completed');
  const rows = await pool()`select state, skip_reason from deliveries where run_id = ${second} and state <> 'accepted'`;
  expect(rows.map((row) => ({ ...row }))).toEqual([{ state: 'skipped', skip_reason: 'global_opt_out' }]);
});
