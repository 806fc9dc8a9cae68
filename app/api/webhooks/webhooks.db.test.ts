import { createHmac } from 'node:crypto';
import { createServer } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { POST as resend } from '@/app/api/webhooks/resend/route';
import { POST as twilio } from '@/app/api/webhooks/twilio/route';
import { systemCtx } from '@/lib/context';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { env } from '@/lib/env';
import { foldProviderEvents } from '@/lib/features/outcomes/fold-provider-events';
import { type SentRun, sentRun } from '@/lib/features/outcomes/testing';
import { updateProviderAccount } from '@/lib/features/providers/update-provider-account';
import { receiptUrl } from '@/lib/features/tracking/links';

let database: TestDatabase;
const SECRET = `whsec_${Buffer.from('a-secret-of-twenty-four!').toString('base64')}`;

beforeAll(async () => {
  database = await testDatabase();
  await openPoolAt(database.url);
});
afterAll(async () => {
  await closePool();
  await database.drop();
});

async function resendRun(secret = SECRET): Promise<SentRun> {
  const run = await sentRun({ kind: 'resend' });
  await updateProviderAccount(systemCtx(run.workspaceId, 'test'), {
    id: run.accountId,
    secrets: { apiKey: 're_1', webhookSecret: secret },
  });
  return run;
}

function resendEvent(run: SentRun, id: string, given: { secret?: string; at?: Date; account?: string } = {}): Request {
  const { secret = SECRET, at = new Date(), account = run.accountId } = given;
  const tags = { waybill_delivery: run.deliveryIds[0] };
  const body = JSON.stringify({
    type: 'email.delivered',
    created_at: at.toISOString(),
    data: { email_id: 're_1', tags },
  });
  return new Request(`http://localhost/api/webhooks/resend?account=${account}`, {
    method: 'POST',
    body,
    headers: {
      'svix-id': id,
      'svix-timestamp': String(Math.floor(at.getTime() / 1000)),
      'svix-signature': new Webhook(secret).sign(id, at, body),
    },
  });
}

async function storedFor(run: SentRun): Promise<number> {
  const [row] = await pool()<{ n: number }[]>`
    select count(*)::int as n from provider_events where workspace_id = ${run.workspaceId}`;
  return row?.n ?? -1;
}

describe('a webhook of Resend', () => {
  it('is answered 202 once it is stored, and stored once however often it is sent', async () => {
    const run = await resendRun();
    const answers = await Promise.all(Array.from({ length: 10 }, () => resend(resendEvent(run, 'msg_1'))));
    expect(answers.map((answer) => answer.status)).toEqual(Array(10).fill(202));
    expect(await storedFor(run)).toBe(1);
    await foldProviderEvents();
    const [delivery] = await pool()`select delivered_at from deliveries where run_id = ${run.runId}`;
    expect(delivery?.delivered_at).not.toBeNull();
  });

  it('is answered 401 and not stored when its signature, time or account is wrong', async () => {
    const run = await resendRun();
    const other = await resendRun(`whsec_${Buffer.from('another-secret-of-24-byt').toString('base64')}`);
    const wrong = [
      resendEvent(run, 'a', { secret: 'whsec_b3RoZXI=' }),
      resendEvent(run, 'b', { at: new Date(Date.now() - 10 * 60_000) }),
      resendEvent(run, 'c', { account: other.accountId }),
      resendEvent(run, 'd', { account: 'pac_unknown' }),
      new Request('http://localhost/api/webhooks/resend', { method: 'POST', body: '{}' }),
    ];
    for (const request of wrong) expect((await resend(request)).status).toBe(401);
    expect([await storedFor(run), await storedFor(other)]).toEqual([0, 0]);
  });

  it('is answered 503 while the database is down, and taken when it is sent again', async () => {
    const run = await resendRun();
    expect((await resend(resendEvent(run, 'first'))).status).toBe(202);
    await openPoolAt(`postgres://waybill@127.0.0.1:${await freePort()}/nothing`);
    const down = await resend(resendEvent(run, 'second'));
    await openPoolAt(database.url);
    expect(down.status).toBe(503);
    expect((await resend(resendEvent(run, 'second'))).status).toBe(202);
    expect(await storedFor(run)).toBe(2);
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 1;
}

function signTwilioCallback(url: string, form: Record<string, string>, token: string): string {
  const fields = Object.entries(form).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHmac('sha1', token)
    .update(url + fields.flat().join(''))
    .digest('base64');
}

function receipt(url: string, form: Record<string, string>, token: string): Request {
  return new Request(url, {
    method: 'POST',
    body: new URLSearchParams(form),
    headers: { 'x-twilio-signature': signTwilioCallback(url, form, token) },
  });
}

describe('a receipt of a text message', () => {
  const form = { MessageSid: 'SM1', MessageStatus: 'delivered', To: '+6580000001' };

  it('settles the doubt about exactly the message whose address it was sent to', async () => {
    const run = await sentRun({ channel: 'sms', kind: 'capture_sms', contacts: 2, state: 'in_doubt' });
    await pool()`update provider_accounts set config = '{"kind":"capture_sms","baseUrl":"http://127.0.0.1:1"}' where id = ${run.accountId}`;
    const url = receiptUrl(env().APP_URL, run.accountId, run.deliveryIds[1] ?? '');
    expect((await twilio(receipt(url, form, 'capture'))).status).toBe(202);
    expect((await twilio(receipt(url, form, 'forged'))).status).toBe(401);
    expect((await twilio(receipt(url, { ...form, MessageSid: '' }, 'capture'))).status).toBe(400);
    await foldProviderEvents();
    const rows =
      await pool()`select state, provider_message_id from deliveries where run_id = ${run.runId} order by id`;
    expect(rows.map((row) => row.state)).toEqual(['in_doubt', 'accepted']);
  });

  it('that is an answered STOP opts the person out, once, and is not looked for again', async () => {
    const run = await sentRun({ channel: 'sms', kind: 'capture_sms', contacts: 2 });
    await pool()`update provider_accounts set config = '{"kind":"capture_sms","baseUrl":"http://127.0.0.1:1"}' where id = ${run.accountId}`;
    const url = `${env().APP_URL}/api/webhooks/twilio?account=${run.accountId}`;
    const stop = {
      MessageSid: 'SM9',
      SmsStatus: 'received',
      From: '+6580000001',
      To: '+6590000000',
      Body: ' Stop all! ',
    };
    for (const reply of [stop, stop, { ...stop, MessageSid: 'SM8', From: '+6580000002', Body: 'Stop by tomorrow?' }]) {
      expect((await twilio(receipt(url, reply, 'capture'))).status).toBe(202);
    }
    await foldProviderEvents();
    expect(await foldProviderEvents(10, { parkedToo: true })).toEqual({ matched: 0, parked: 0 });
    const out =
      await pool()`select phone from contacts where workspace_id = ${run.workspaceId} and sms_opted_out_at is not null`;
    expect(out.map((row) => row.phone)).toEqual(['+6580000001']);
    const [line] =
      await pool()`select data from interactions where contact_id = ${run.contactIds[0] ?? ''} and type = 'sms.unsubscribed'`;
    expect(line?.data).toMatchObject({ via: 'reply' });
  });

  it('for an account with an API key is known by the token in its address', async () => {
    const run = await sentRun({ channel: 'sms', kind: 'twilio' });
    await pool()`update provider_accounts set config = '{"kind":"twilio","accountSid":"AC1","keySid":"SK1"}' where id = ${run.accountId}`;
    const url = receiptUrl(env().APP_URL, run.accountId, run.deliveryIds[0] ?? '');
    expect((await twilio(receipt(url, form, 'whatever'))).status).toBe(202);
    expect(
      (await twilio(receipt(url.replace(/receipt=[^&]+/, 'receipt=1.AAAAAAAAAAAAAAAA'), form, 'whatever'))).status,
    ).toBe(401);
  });

  it('for an account with an API key must be signed once its auth token is known', async () => {
    const run = await sentRun({ channel: 'sms', kind: 'twilio' });
    await pool()`update provider_accounts set config = '{"kind":"twilio","accountSid":"AC1","keySid":"SK1"}' where id = ${run.accountId}`;
    await updateProviderAccount(systemCtx(run.workspaceId, 'test'), {
      id: run.accountId,
      secrets: { secret: 'of the key', authToken: 'the-token' },
    });
    const url = receiptUrl(env().APP_URL, run.accountId, run.deliveryIds[0] ?? '');
    expect((await twilio(receipt(url, form, 'whatever'))).status).toBe(401);
    expect((await twilio(receipt(url, form, 'the-token'))).status).toBe(202);
  });
});
