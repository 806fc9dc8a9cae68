import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Capture, startCapture } from '@/lib/channels/capture/start-capture';
import { systemCtx } from '@/lib/context';
import { closePool, openPoolAt, pool, withSystemTx } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { deliverNotices } from '@/lib/features/notices/deliver-notices';
import { listNotices } from '@/lib/features/notices/list-notices';
import { enqueueNotice, type NoticeToEnqueue } from '@/lib/features/outbox/enqueue-notice';
import { sentRun } from '@/lib/features/outcomes/testing';
import { sealSecret } from '@/lib/features/secrets/envelope';

let database: TestDatabase;
let dir = '';
let capture: Capture;
let serial = 0;
const RULES = [{ match: 'gone@example.com', reply: '550 5.1.1 no such user' }];

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'waybill-notices-'));
  capture = await startCapture({ dir, rules: RULES });
  vi.stubEnv('WAYBILL_MAIL_URL', `smtp://127.0.0.1:${capture.smtpPort}`);
  database = await testDatabase();
  await openPoolAt(database.url);
});
afterAll(async () => {
  await closePool();
  await database.drop();
  await capture.close();
  rmSync(dir, { recursive: true, force: true });
  vi.unstubAllEnvs();
});

async function enqueue(workspaceId: string, given: Partial<NoticeToEnqueue> = {}): Promise<boolean> {
  const notice: NoticeToEnqueue = {
    workspaceId,
    dedupeKey: `key:${++serial}`,
    topic: 'plain',
    channel: 'email',
    target: `reader${serial}@example.com`,
    payload: { subject: `Notice ${serial}`, text: 'Something happened.' },
    ...given,
  };
  return withSystemTx((tx) => enqueueNotice(tx, notice));
}

async function makeDue(): Promise<void> {
  await pool()`update notices set not_before = now(), lease_until = null where state in ('queued', 'sending')`;
}

interface Captured {
  id: string;
  to: string;
  subject?: string;
  text?: string;
  messageId: string;
}

async function inbox(to: string): Promise<Captured[]> {
  const url = `http://127.0.0.1:${capture.httpPort}/inbox?to=${encodeURIComponent(to)}`;
  return ((await (await fetch(url)).json()) as { messages: Captured[] }).messages;
}

describe('a notice', () => {
  it('is made once per event and delivered once, whoever delivers', async () => {
    const { workspaceId } = await sentRun();
    const notice = { dedupeKey: 'run:1:completed', target: 'once@example.com' };
    expect([await enqueue(workspaceId, notice), await enqueue(workspaceId, notice)]).toEqual([true, false]);
    const reports = await Promise.all([deliverNotices(), deliverNotices(), deliverNotices()]);
    expect(reports.reduce((sum, report) => sum + report.sent, 0)).toBe(1);
    expect(await deliverNotices()).toEqual({ sent: 0, retried: 0, failed: 0 });
    expect(await inbox('once@example.com')).toHaveLength(1);
  });

  it('does not exist when the fact it tells is rolled back', async () => {
    const { workspaceId } = await sentRun();
    const fact = withSystemTx(async (tx) => {
      await enqueueNotice(tx, {
        workspaceId,
        dedupeKey: 'x',
        topic: 'plain',
        channel: 'in_app',
        target: 'usr',
        payload: {},
      });
      throw new Error('the fact did not happen');
    });
    await expect(fact).rejects.toThrow('did not happen');
    expect((await listNotices(systemCtx(workspaceId, 'test'))).items).toEqual([]);
  });

  it('whose deliverer died after sending goes out again under the same Message-ID and in the same words', async () => {
    const run = await sentRun({ contacts: 3 });
    const target = 'crash@example.com';
    await enqueue(run.workspaceId, {
      topic: 'run.completed',
      target,
      payload: { runId: run.runId, event: 'completed', detail: 'Done.', name: 'Phone launch', wave: null },
    });
    await deliverNotices();
    await pool()`update notices set state = 'sending', sent_at = null, lease_until = now() - interval '1 second'`;
    await pool()`update run_counters set n = 2 where run_id = ${run.runId}`;
    await deliverNotices();
    const [first, second] = await inbox(target);
    expect(first?.messageId).toMatch(/^<?ntc_/);
    expect(first?.subject).toContain('3 accepted');
    expect([second?.messageId, second?.subject]).toEqual([first?.messageId, first?.subject]);
  });

  it('waits for a channel that is down and gets through when it is back', async () => {
    const { workspaceId } = await sentRun();
    await enqueue(workspaceId, { target: 'patient@example.com' });
    const { smtpPort, httpPort } = capture;
    await capture.close();
    expect(await deliverNotices()).toMatchObject({ sent: 0, retried: 1 });
    expect(await deliverNotices()).toEqual({ sent: 0, retried: 0, failed: 0 });
    const [waiting] = (await listNotices(systemCtx(workspaceId, 'test'))).items;
    expect(waiting).toMatchObject({ state: 'queued', attempts: 1, error: expect.stringContaining('ECONNREFUSED') });
    capture = await startCapture({
      dir,
      smtpPort,
      httpPort,
      rules: RULES,
    });
    await makeDue();
    expect(await deliverNotices()).toMatchObject({ sent: 1 });
    expect(await inbox('patient@example.com')).toHaveLength(1);
  });

  it('to somebody the mail server does not know fails at once, with the reason', async () => {
    const { workspaceId } = await sentRun();
    await enqueue(workspaceId, { target: 'gone@example.com' });
    expect(await deliverNotices()).toMatchObject({ failed: 1 });
    const [failed] = (await listNotices(systemCtx(workspaceId, 'test'), { state: 'failed' })).items;
    expect(failed?.error).toContain('550');
  });
});

describe('a receipt of a run', () => {
  it('carries the reconciliation numbers and a link, by email and as a text', async () => {
    const run = await sentRun({ contacts: 4 });
    await pool()`update runs set list_total = 5, excluded_count = 1 where id = ${run.runId}`;
    await pool()`insert into run_exclusions (workspace_id, run_id, reason, n) values (${run.workspaceId}, ${run.runId}, 'no_address', 1)`;
    const sms = { kind: 'capture_sms', baseUrl: `http://127.0.0.1:${capture.httpPort}`, concurrency: 2 };
    await pool()`insert into provider_accounts (id, workspace_id, channel, kind, name, config)
                 values ('pac_sms', ${run.workspaceId}, 'sms', 'capture_sms', 'Texts', ${JSON.stringify(sms)}::jsonb)`;
    await pool()`insert into senders (id, workspace_id, channel, name, address, provider_account_id)
                 values ('snd_sms', ${run.workspaceId}, 'sms', 'Texts', '+6590000000', 'pac_sms')`;
    const payload = {
      runId: run.runId,
      event: 'completed',
      detail: 'Every delivery has its outcome.',
      name: 'Phone launch',
      wave: null,
    };
    await enqueue(run.workspaceId, { topic: 'run.completed', target: 'boss@example.com', payload });
    await enqueue(run.workspaceId, {
      topic: 'run.paused',
      target: 'ops@example.com',
      payload: { ...payload, event: 'paused', detail: 'Relay refused us.' },
    });
    await enqueue(run.workspaceId, { topic: 'run.completed', channel: 'sms', target: '+6581111111', payload });
    expect(await deliverNotices()).toMatchObject({ sent: 3 });
    const [mail] = await inbox('boss@example.com');
    expect(mail?.subject).toBe('Phone launch, whole run: 4 accepted; 4 in all');
    const whole = (await (await fetch(`http://127.0.0.1:${capture.httpPort}/inbox/${mail?.id}`)).json()) as {
      text: string;
    };
    expect(whole.text).toContain(`/runs/${run.runId}`);
    expect(whole.text).toContain('No address for this channel');
    expect((await inbox('ops@example.com'))[0]?.subject).toBe('Phone launch is paused (Acme)');
    expect((await inbox('+6581111111'))[0]?.text).toContain('4 accepted');
  });
});

describe('a webhook notice', () => {
  let server: Server;
  const got: { headers: Record<string, string>; body: string }[] = [];
  let status = 500;

  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => {
        got.push({ headers: request.headers as Record<string, string>, body });
        response.writeHead(status).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  it('is signed by Standard Webhooks with one id and one body over all attempts', async () => {
    const run = await sentRun();
    const secret = `whsec_${Buffer.from('a-secret-of-twenty-four!').toString('base64')}`;
    const sealed = sealSecret(
      { workspaceId: run.workspaceId, table: 'webhook_endpoints', column: 'secret', id: 'whk_1' },
      secret,
    );
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
    await pool()`insert into webhook_endpoints (id, workspace_id, url, event_types, secret)
                 values ('whk_1', ${run.workspaceId}, ${url}, '[]'::jsonb, ${JSON.stringify(sealed)}::jsonb)`;
    const payload = { runId: run.runId, event: 'started', detail: 'It began.', name: 'Phone launch', wave: null };
    await enqueue(run.workspaceId, { topic: 'run.started', channel: 'webhook', target: 'whk_1', payload });
    expect(await deliverNotices()).toEqual({ sent: 0, retried: 1, failed: 0 });
    status = 204;
    await makeDue();
    expect(await deliverNotices()).toMatchObject({ sent: 1 });
    expect(got).toHaveLength(2);
    expect(got[1]?.headers['webhook-id']).toBe(got[0]?.headers['webhook-id']);
    expect(got[1]?.body).toBe(got[0]?.body);
    const event = new Webhook(secret).verify(got[1]?.body ?? '', got[1]?.headers ?? {}) as {
      type: string;
      data: object;
    };
    expect(event).toMatchObject({ type: 'run.started', data: { runId: run.runId, balanced: expect.any(Boolean) } });
  });

  it('to an endpoint that is gone switches it off', async () => {
    const run = await sentRun();
    const sealed = sealSecret(
      { workspaceId: run.workspaceId, table: 'webhook_endpoints', column: 'secret', id: 'whk_2' },
      'whsec_YWJj',
    );
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
    await pool()`insert into webhook_endpoints (id, workspace_id, url, event_types, secret)
                 values ('whk_2', ${run.workspaceId}, ${url}, '[]'::jsonb, ${JSON.stringify(sealed)}::jsonb)`;
    status = 410;
    await enqueue(run.workspaceId, { channel: 'webhook', target: 'whk_2' });
    expect(await deliverNotices()).toMatchObject({ failed: 1 });
    const [endpoint] = await pool()`select enabled from webhook_endpoints where id = 'whk_2'`;
    expect(endpoint?.enabled).toBe(false);
  });
});
