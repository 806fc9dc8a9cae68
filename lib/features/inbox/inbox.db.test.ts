import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Capture, startCapture } from '@/lib/channels/capture/start-capture';
import type { Ctx } from '@/lib/context';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { getCaptured } from '@/lib/features/inbox/get-captured';
import { listCaptured } from '@/lib/features/inbox/list-captured';
import { sendTestMessage } from '@/lib/features/providers/send-test-message';
import {
  closeTestChannels,
  type DispatchFixture,
  dispatchFixture,
  draftOf,
  launchAndQueue,
  sendAll,
} from '@/lib/features/testing/dispatch-fixture';

let database: TestDatabase;
let capture: Capture;
let ours: DispatchFixture;
let theirs: DispatchFixture;
const dir = mkdtempSync(join(tmpdir(), 'waybill-inbox-'));
const as = (workspaceId: string, role: 'marketer' | 'viewer' | 'service_agent' = 'marketer'): Ctx => ({
  workspaceId,
  actor: { type: 'user', userId: 'usr_1', name: 'Mei', role },
});

beforeAll(async () => {
  capture = await startCapture({ dir });
  vi.stubEnv('WAYBILL_CAPTURE_HTTP_URL', `http://127.0.0.1:${capture.httpPort}`);
  vi.stubEnv('WAYBILL_SECRET', 'inbox-test-secret-0123456789-0123456789');
  database = await testDatabase();
  await openPoolAt(database.url);
  const ports = { smtpPort: capture.smtpPort, smsUrl: `http://127.0.0.1:${capture.httpPort}` };
  ours = await dispatchFixture(ports, 3, (n) => `ours${n}@example.com`);
  theirs = await dispatchFixture(ports, 2, (n) => `theirs${n}@example.com`);
  for (const fixture of [ours, theirs]) {
    await sendAll(fixture, await launchAndQueue(fixture, draftOf(fixture, ['email', 'sms'])));
  }
  await sendTestMessage(theirs.ctx, { senderId: theirs.emailSenderId, to: 'boss@example.com' });
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await closeTestChannels();
  await capture.close();
  await closePool();
  await database.drop();
  rmSync(dir, { recursive: true });
});

const workspaceOf = (fixture: DispatchFixture) => fixture.ctx.workspaceId;

describe('the local inbox', () => {
  it('shows a workspace what its own deliveries sent, each with its run and contact', async () => {
    const { items, nextCursor } = await listCaptured(as(workspaceOf(ours)));
    expect(nextCursor).toBeNull();
    expect(items).toHaveLength(6);
    expect(
      items
        .filter(({ channel }) => channel === 'email')
        .map(({ to }) => to)
        .sort(),
    ).toEqual(['ours1@example.com', 'ours2@example.com', 'ours3@example.com']);
    expect(items.every(({ delivery }) => delivery?.runId.startsWith('run_'))).toBe(true);
  });

  it('shows nothing of others: not their campaigns, not tests, not sign-in mails', async () => {
    const all = await fetch(`http://127.0.0.1:${capture.httpPort}/inbox?limit=200`);
    const { messages } = (await all.json()) as { messages: { id: string; to: string }[] };
    expect(messages.some(({ to }) => to === 'boss@example.com')).toBe(true);
    const own = new Set((await listCaptured(as(workspaceOf(ours)))).items.map(({ id }) => id));
    for (const { id } of messages.filter((message) => !own.has(message.id))) {
      await expect(getCaptured(as(workspaceOf(ours)), id)).rejects.toMatchObject({ code: 'not_found' });
    }
  });

  it('finds by recipient and words, and opens one whole', async () => {
    const { items } = await listCaptured(as(workspaceOf(ours)), { q: 'ours2@' });
    expect(items).toHaveLength(1);
    const message = await getCaptured(as(workspaceOf(ours)), items[0]?.id ?? '');
    expect(message).toMatchObject({
      to: 'ours2@example.com',
      subject: 'Hello Name 2',
      html: expect.stringContaining('Dear'),
      text: expect.stringContaining('Dear Name 2'),
      raw: expect.stringContaining('List-Unsubscribe'),
    });
    expect((await listCaptured(as(workspaceOf(ours)), { channel: 'sms' })).items).toHaveLength(3);
  });

  it('shows the demo everything, a page at a time', async () => {
    await pool()`update workspaces set demo = true where id = ${workspaceOf(theirs)}`;
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listCaptured(as(workspaceOf(theirs)), { limit: 4, ...(cursor ? { cursor } : {}) });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toHaveLength(11);
    expect(new Set(seen).size).toBe(11);
  });

  it('is not there for a workspace that sends to real people, nor for a service agent', async () => {
    await pool()`insert into workspaces (id, name, slug) values ('wsp_real', 'Real', 'real')`;
    await expect(listCaptured(as('wsp_real'))).rejects.toMatchObject({ code: 'not_found' });
    await expect(listCaptured(as(workspaceOf(ours), 'service_agent'))).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('says so when the capture does not answer, and takes no address for a message', async () => {
    await expect(getCaptured(as(workspaceOf(ours)), '../stats')).rejects.toMatchObject({ code: 'not_found' });
    const { httpPort } = capture;
    await capture.close();
    await expect(listCaptured(as(workspaceOf(ours)))).rejects.toMatchObject({
      code: 'precondition',
      message: expect.stringContaining('does not answer'),
    });
    capture = await startCapture({ dir, httpPort });
  });
});
