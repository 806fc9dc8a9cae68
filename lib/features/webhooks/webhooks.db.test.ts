import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import postgres from 'postgres';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closePool, openPoolAt, pool, withSystemTx } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { webhookDelayMs } from '@/lib/domain/webhook';
import { forgetChanges } from '@/lib/features/changes/forget-changes';
import { listChanges } from '@/lib/features/changes/list-changes';
import { recordChange } from '@/lib/features/changes/record-change';
import { createList } from '@/lib/features/lists/create-list';
import { deliverWebhooks } from '@/lib/features/webhooks/deliver-webhooks';
import { getWebhook, listWebhookMessages, listWebhooks } from '@/lib/features/webhooks/list-webhooks';
import { placeChanges } from '@/lib/features/webhooks/place-changes';
import { replayMessages } from '@/lib/features/webhooks/replay-messages';
import { createWebhook, deleteWebhook, updateWebhook } from '@/lib/features/webhooks/save-webhook';

const owner = (workspaceId: string) => ({
  workspaceId,
  actor: { type: 'user' as const, userId: 'usr_1', name: 'Ada', role: 'owner' as const },
});
const ctx = owner('wsp_a');
let database: TestDatabase;
let server: Server;
let url = '';
let status = 204;
let got: { headers: IncomingHttpHeaders; body: string }[] = [];

const tell = (type: string, subjectId: string, workspaceId = 'wsp_a') =>
  withSystemTx((tx) => recordChange(tx, { workspaceId, type, subjectId, data: { why: 'test' } }));
const makeDue = () => pool()`update webhook_messages set not_before = now() where state = 'queued'`;

beforeAll(async () => {
  database = await testDatabase();
  await openPoolAt(database.url);
  await pool()`insert into workspaces (id, name, slug) values ('wsp_a', 'A', 'a'), ('wsp_b', 'B', 'b')`;
  await pool()`insert into users (id, email, name) values ('usr_1', 'ada@example.com', 'Ada')`;
  await pool()`insert into members (workspace_id, user_id, role) values ('wsp_a', 'usr_1', 'owner')`;
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      got.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
});
beforeEach(async () => {
  got = [];
  status = 204;
  await pool()`truncate webhook_endpoints, webhook_messages, changes, notices`;
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await closePool();
  await database.drop();
});

describe('a webhook', () => {
  it('tells whoever asked for the type, signed by Standard Webhooks', async () => {
    const { secret } = await createWebhook(ctx, { url, eventTypes: ['run.*'] });
    await createWebhook(ctx, { url: `${url}/other`, eventTypes: ['contact.updated'] });
    await tell('run.completed', 'run_1');
    await tell('run.completed', 'run_2', 'wsp_b');
    expect(await placeChanges()).toBe(2);
    expect(await deliverWebhooks()).toEqual({ sent: 1, retried: 0, failed: 0 });
    const [message] = got;
    const headers = message?.headers as Record<string, string>;
    expect(new Webhook(secret).verify(message?.body ?? '', headers)).toMatchObject({
      type: 'run.completed',
      data: { subjectId: 'run_1', position: 1, why: 'test' },
    });
    expect(() => new Webhook(secret).verify(`${message?.body} `, headers)).toThrow();
    expect(await deliverWebhooks()).toEqual({ sent: 0, retried: 0, failed: 0 });
  });

  it('is told of every audited change of a list, written with the change', async () => {
    const { id } = await createWebhook(ctx, { url, eventTypes: ['*'] });
    await createList(ctx, { name: 'News' });
    await placeChanges();
    const { items } = await listWebhookMessages(ctx, { webhookId: id });
    expect(items.map(({ type }) => type)).toEqual(['list.created']);
  });

  it('gets the same id and body on every attempt, at growing distance, for three days', async () => {
    const { id } = await createWebhook(ctx, { url, eventTypes: ['*'] });
    status = 500;
    await tell('run.failed', 'run_1');
    await placeChanges();
    for (let attempt = 1; attempt <= 10; attempt++) {
      const expected = attempt < 10 ? { retried: 1 } : { failed: 1 };
      expect(await deliverWebhooks()).toMatchObject(expected);
      expect(await deliverWebhooks()).toEqual({ sent: 0, retried: 0, failed: 0 });
      await makeDue();
    }
    expect(new Set(got.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(got.map(({ body }) => body)).size).toBe(1);
    const delays = Array.from({ length: 10 }, (_, i) => webhookDelayMs(i + 1, 0));
    expect(delays.reduce<number>((sum, one) => sum + (one ?? 0), 0)).toBeGreaterThan(75 * 3_600_000);
    const { items } = await listWebhookMessages(ctx, { webhookId: id });
    expect(items[0]).toMatchObject({ state: 'failed', attempts: 10, lastStatus: 500 });
    status = 204;
    expect(await replayMessages(ctx, { webhookId: id, messageId: items[0]?.id })).toEqual({ queued: 1 });
    expect(await deliverWebhooks()).toMatchObject({ sent: 1 });
    expect(got.at(-1)?.headers['webhook-id']).toBe(items[0]?.id);
  });

  it('does not follow a redirect, and waits as long as it is told to', async () => {
    await createWebhook(ctx, { url, eventTypes: ['*'] });
    status = 302;
    await tell('run.failed', 'run_1');
    await placeChanges();
    expect(await deliverWebhooks()).toMatchObject({ retried: 1 });
    expect(got).toHaveLength(1);
  });

  it('that is gone is switched off, and its people are told', async () => {
    const { id } = await createWebhook(ctx, { url, eventTypes: ['*'] });
    status = 410;
    await tell('run.failed', 'run_1');
    await placeChanges();
    expect(await deliverWebhooks()).toMatchObject({ failed: 1 });
    expect(await getWebhook(ctx, id)).toMatchObject({ enabled: false, disabledReason: 'It answered 410 Gone.' });
    const notices = await pool()`select target, topic from notices`;
    expect([...notices]).toEqual([{ target: 'ada@example.com', topic: 'webhook.disabled' }]);
    await expect(replayMessages(ctx, { webhookId: id, failedSince: '2020-01-01T00:00:00Z' })).rejects.toMatchObject({
      code: 'precondition',
    });
  });

  it('that took nothing for five days is switched off; switched on again it may have everything that failed', async () => {
    const { id } = await createWebhook(ctx, { url, eventTypes: ['*'] });
    await tell('run.failed', 'run_1');
    await tell('run.failed', 'run_2');
    await placeChanges();
    status = 503;
    await pool()`update webhook_endpoints set failing_since = now() - interval '6 days'`;
    await deliverWebhooks(1);
    expect(await getWebhook(ctx, id)).toMatchObject({ enabled: false });
    status = 204;
    await updateWebhook(ctx, id, { enabled: true });
    expect(await replayMessages(ctx, { webhookId: id, failedSince: '2020-01-01T00:00:00Z' })).toEqual({ queued: 2 });
    expect(await deliverWebhooks()).toMatchObject({ sent: 2 });
    expect(await getWebhook(ctx, id)).toMatchObject({ failingSince: null });
  });

  it('is taken over when its deliverer dies, and not delivered by two at once', async () => {
    await createWebhook(ctx, { url, eventTypes: ['*'] });
    for (let i = 0; i < 20; i++) await tell('run.failed', `run_${i}`);
    await placeChanges();
    const reports = await Promise.all(Array.from({ length: 6 }, () => deliverWebhooks()));
    let sent = reports.reduce((sum, one) => sum + one.sent, 0);
    while (sent < 20) sent += (await deliverWebhooks()).sent;
    expect(new Set(got.map(({ headers }) => headers['webhook-id'])).size).toBe(20);
    expect(got).toHaveLength(20);
  });

  it('keeps its secret: shown once, sealed at rest, unseen by others', async () => {
    const { id, secret } = await createWebhook(ctx, { url, eventTypes: ['*'] });
    const stored = JSON.stringify(await pool()`select * from webhook_endpoints`);
    expect(stored).not.toContain(secret.slice(6));
    expect(JSON.stringify(await listWebhooks(ctx))).not.toContain('secret');
    expect(await listWebhooks(owner('wsp_b'))).toEqual([]);
    await expect(updateWebhook(owner('wsp_b'), id, { enabled: false })).rejects.toMatchObject({ code: 'not_found' });
    await expect(deleteWebhook(owner('wsp_b'), id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(createWebhook(ctx, { url: 'http://169.254.169.254/', eventTypes: ['*'] })).rejects.toMatchObject({
      code: 'invalid',
    });
  });
});

describe('the change feed', () => {
  it('has no gap and misses nothing, however late the writers commit', async () => {
    const sql = postgres(database.url, { max: 12, onnotice: () => undefined });
    const seen: number[] = [];
    const subjects: string[] = [];
    let after = 0;
    let writing = true;
    const reader = (async () => {
      for (let isLast = false; !isLast; ) {
        isLast = !writing;
        await placeChanges();
        const page = await listChanges(ctx, { after, limit: 50 });
        seen.push(...page.items.map(({ position }) => position));
        subjects.push(...page.items.map(({ subjectId }) => subjectId));
        after = page.last;
        if (page.hasMore) isLast = false;
      }
    })();
    const writer = async (w: number) => {
      for (let i = 0; i < 25; i++) {
        await sql.begin(async (tx) => {
          await tx`insert into changes (workspace_id, type, subject_id, data) values ('wsp_a', 'list.updated', ${`${w}-${i}`}, '{}')`;
          if ((w + i) % 3 === 0) await tx`select pg_sleep(0.01)`;
          if ((w + i) % 7 === 0) await tx`savepoint s`;
        });
      }
    };
    await Promise.all([
      ...Array.from({ length: 10 }, (_, w) => writer(w)),
      ...Array.from({ length: 3 }, () => placeChanges()),
    ]);
    writing = false;
    await reader;
    await sql.end();
    expect(seen).toEqual(Array.from({ length: 250 }, (_, i) => i + 1));
    expect(new Set(subjects).size).toBe(250);
  });

  it('counts by itself in every workspace and shows nothing of another', async () => {
    await tell('run.completed', 'run_1');
    await tell('run.completed', 'run_2', 'wsp_b');
    await placeChanges();
    expect((await listChanges(ctx)).items.map(({ subjectId, position }) => [subjectId, position])).toEqual([
      ['run_1', 1],
    ]);
    expect((await listChanges(owner('wsp_b'))).items.map(({ subjectId, position }) => [subjectId, position])).toEqual([
      ['run_2', 1],
    ]);
    expect(await listChanges(ctx, { after: 1 })).toEqual({ items: [], last: 1, hasMore: false });
    await expect(listChanges(ctx, { after: 2 })).rejects.toMatchObject({
      code: 'invalid',
      message: 'There is no position 2 yet: the newest is 1. Go on with after=1.',
    });
  });

  it('reaches back for its time, says so to who comes later, and never gives a position twice', async () => {
    for (let n = 1; n <= 4; n++) await tell('run.completed', `run_${n}`);
    await placeChanges();
    await pool()`update changes set at = now() - interval '31 days' where position < 3`;
    expect(await forgetChanges()).toBe(2);
    expect((await listChanges(ctx)).items.map(({ position }) => position)).toEqual([3, 4]);
    await expect(listChanges(ctx, { after: 1 })).rejects.toMatchObject({
      code: 'gone',
      message: expect.stringContaining('after=2'),
    });
    expect((await listChanges(ctx, { after: 2 })).items.map(({ position }) => position)).toEqual([3, 4]);
    await pool()`update changes set at = now() - interval '31 days'`;
    expect(await forgetChanges()).toBe(1);
    await tell('run.completed', 'run_5');
    await placeChanges();
    expect((await listChanges(ctx, { after: 4 })).items).toMatchObject([{ position: 5, subjectId: 'run_5' }]);
  });

  it('tells of deliveries that failed, from the statement that records it', async () => {
    await pool()`
      insert into delivery_issues (workspace_id, run_id, delivery_id, step, state, cause) values
        ('wsp_a', 'run_1', 71, 0, 'failed', 'recipient:550'), ('wsp_a', 'run_1', 72, 0, 'skipped', 'no_address'),
        ('wsp_a', 'run_1', 73, 0, 'in_doubt', 'timeout')`;
    await placeChanges();
    const { items } = await listChanges(ctx);
    expect(items.map(({ type, subjectId }) => [type, subjectId])).toEqual([
      ['delivery.failed', 'dlv_1z'],
      ['delivery.in_doubt', 'dlv_21'],
    ]);
  });
});
