import { appendFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import nodemailer from 'nodemailer';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SmsMessage } from '@/lib/channels/channel';
import { signTwilioCallback } from '@/lib/channels/listener/status-callbacks';
import { CAPTURE_ACCOUNT, openChannel } from '@/lib/channels/open-channel';
import { emailGroup } from '@/lib/channels/testing/email-message';
import { Inbox } from './inbox';
import type { CaptureRule } from './rules';
import { type Capture, startCapture } from './start-capture';

let dir = '';
let capture: Capture;
const closers: (() => Promise<unknown> | unknown)[] = [];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'waybill-capture-'));
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  rmSync(dir, { recursive: true, force: true });
});

async function start(rules: CaptureRule[] = [], durable = false) {
  capture = await startCapture({ dir, rules, durable });
  const { close } = capture;
  closers.push(close);
}

function emailChannel() {
  const opened = openChannel({
    config: { kind: 'capture_email', host: '127.0.0.1', port: capture.smtpPort, connections: 4 },
    secrets: {},
  });
  if (opened.kind !== 'email') throw new Error('not an email channel');
  closers.push(() => opened.channel.close());
  return opened.channel;
}

function smsChannel() {
  const baseUrl = `http://127.0.0.1:${capture.httpPort}`;
  const opened = openChannel({ config: { kind: 'capture_sms', baseUrl, concurrency: 10 }, secrets: {} });
  if (opened.kind !== 'sms') throw new Error('not an SMS channel');
  return opened.channel;
}

const sms = (n: number, overrides: Partial<SmsMessage> = {}): SmsMessage => ({
  deliveryId: String(n),
  from: '+6580009999',
  to: `+658000000${n}`,
  text: `Hello ${n}`,
  ...overrides,
});

async function get(path: string) {
  const response = await fetch(`http://127.0.0.1:${capture.httpPort}${path}`);
  return { status: response.status, body: await response.json() };
}

describe('the local inbox', () => {
  it('keeps every email whole and finds it by address and by words', async () => {
    await start();
    const results = await emailChannel().send(emailGroup(30));
    expect(results.every((result) => result.outcome === 'accepted')).toBe(true);
    const { body } = await get('/inbox?to=person7@recipient.example');
    expect(body.messages).toMatchObject([{ channel: 'email', subject: 'News', messageId: '<d.7@sender.example>' }]);
    const one = await get(`/inbox/${body.messages[0].id}`);
    expect(one.body).toMatchObject({
      to: 'person7@recipient.example',
      text: expect.stringContaining('Hello number 7'),
    });
    expect(one.body.raw).toBe(emailGroup(7).messages[6]?.mime?.toString());
    expect((await get('/inbox?q=d.12@')).body.messages).toHaveLength(1);
    expect((await get('/stats')).body).toMatchObject({ email: 30, sms: 0 });
  });

  it('pages without a gap or a repetition', async () => {
    await start();
    await emailChannel().send(emailGroup(25));
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await get(`/inbox?limit=10${cursor && `&cursor=${cursor}`}`);
      seen.push(...body.messages.map((message: { id: string }) => message.id));
      cursor = body.nextCursor ?? '';
    } while (cursor);
    expect(new Set(seen).size).toBe(25);
  });

  it('understands what another mail program composes', async () => {
    await start();
    const transport = nodemailer.createTransport({ host: '127.0.0.1', port: capture.smtpPort, ignoreTLS: true });
    await transport.sendMail({
      from: 'Čaj <tea@sender.example>',
      to: 'a@recipient.example',
      subject: 'Grüße aus 東京',
      text: '.dot at the start\n..two\nend',
      html: '<p>ü</p>',
      attachments: [{ filename: 'a.txt', content: 'abc' }],
    });
    const { body } = await get('/inbox?q=grüße');
    const one = (await get(`/inbox/${body.messages[0].id}`)).body;
    expect(one).toMatchObject({ subject: 'Grüße aus 東京', html: expect.stringContaining('<p>ü</p>') });
    expect(one.text.trim()).toBe('.dot at the start\n..two\nend');
    expect(one.attachments).toMatchObject([{ filename: 'a.txt', bytes: 3 }]);
  });

  it('survives a restart with all it had, and cuts off a torn record', async () => {
    await start([], true);
    const channel = emailChannel();
    await channel.send(emailGroup(5));
    await smsChannel().send({ idempotencyKey: 'k', messages: [sms(1)] });
    await channel.close();
    await capture.close();
    const [segment = ''] = readdirSync(dir);
    appendFileSync(
      join(dir, segment),
      '{"id":99,"channel":"email","from":"","to":"","title":"","messageId":"","at":1,"bytes":900}\nhalf',
    );
    await start([], true);
    expect((await get('/stats')).body).toMatchObject({ email: 5, sms: 1 });
    await emailChannel().send(emailGroup(1));
    const { body } = await get('/inbox');
    expect(body.messages.map((message: { id: string }) => message.id)).toEqual(['7', '6', '5', '4', '3', '2', '1']);
    expect((await get('/inbox/7')).body.raw).toBe(emailGroup(1).messages[0]?.mime?.toString());
  });

  it('can be emptied', async () => {
    await start();
    await emailChannel().send(emailGroup(3));
    await fetch(`http://127.0.0.1:${capture.httpPort}/inbox`, { method: 'DELETE' });
    expect((await get('/inbox')).body.messages).toEqual([]);
    await emailChannel().send(emailGroup(1));
    expect((await get('/inbox')).body.messages).toMatchObject([{ id: '4' }]);
  });

  it('answers no page that reached it under a foreign name', async () => {
    await start();
    const status = await new Promise((resolve) => {
      const host = { host: 'evil.example' };
      import('node:http').then(({ get }) =>
        get({ port: capture.httpPort, path: '/inbox', headers: host }, (response) => resolve(response.statusCode)),
      );
    });
    expect(status).toBe(403);
  });

  it('drops its oldest segments when it outgrows its limit', async () => {
    const inbox = new Inbox({ dir, durable: false, segmentBytes: 10_000, maxBytes: 50_000 });
    const raw = Buffer.alloc(1000, 'x');
    for (let n = 0; n < 200; n++)
      await new Promise<void>((resolve) => inbox.addEmail('a', `${n}@b`, raw, () => resolve()));
    expect(inbox.totals.bytes).toBeLessThan(70_000);
    expect(inbox.find({ limit: 1 })[0]).toMatchObject({ to: '199@b' });
    await inbox.close();
    const again = new Inbox({ dir, durable: false });
    expect(again.find({ limit: 1 })[0]).toMatchObject({ to: '199@b' });
    await again.close();
  });
});

describe('rules', () => {
  it('refuse recipients that match, each as told', async () => {
    await start([
      { match: '*@bounce.example', reply: '550 5.1.1 No such user' },
      { match: '*@grey.example', reply: '450 4.7.1 Greylisted', times: 1 },
      { match: '+6580000001', code: 21211 },
      { match: '+6580000002', code: 21610 },
    ]);
    const channel = emailChannel();
    const send = (to: string) => channel.send(emailGroup(1, { to }));
    expect(await send('Who@Bounce.example')).toMatchObject([
      { class: 'recipient', retryable: false, code: '550 5.1.1' },
    ]);
    expect(await send('a@grey.example')).toMatchObject([{ class: 'recipient', retryable: true }]);
    expect(await send('a@grey.example')).toMatchObject([{ outcome: 'accepted' }]);
    const results = await smsChannel().send({ idempotencyKey: 'k', messages: [sms(1), sms(2), sms(3)] });
    expect(results).toMatchObject([
      { class: 'recipient', code: '21211' },
      { class: 'recipient', code: '21610' },
      { outcome: 'accepted', providerMessageId: expect.stringMatching(/^SM[0-9a-f]{32}$/) },
    ]);
    expect((await get('/stats')).body).toMatchObject({ email: 1, sms: 1, refused: 4 });
  });

  it('report receipts to the status callback, signed like Twilio', async () => {
    await start([{ match: '+6580000002', receipt: 'undelivered', receiptCode: 30005 }]);
    const reports = new Map<string, URLSearchParams>();
    let signed = true;
    let onAll = () => {};
    const all = new Promise<void>((resolve) => {
      onAll = resolve;
    });
    const receiver = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const form = new URLSearchParams(Buffer.concat(chunks).toString());
      const url = `http://${request.headers.host}${request.url}`;
      const expected = signTwilioCallback(url, Object.fromEntries(form), CAPTURE_ACCOUNT.secret);
      signed &&= request.headers['x-twilio-signature'] === expected;
      reports.set(request.url ?? '', form);
      response.end();
      if (reports.size === 2) onAll();
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    closers.push(() => new Promise((resolve) => receiver.close(resolve)));
    const base = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
    await smsChannel().send({
      idempotencyKey: 'k',
      messages: [sms(1, { statusCallbackUrl: `${base}/d1` }), sms(2, { statusCallbackUrl: `${base}/d2` })],
    });
    await all;
    expect(reports.get('/d1')?.get('MessageStatus')).toBe('delivered');
    expect(Object.fromEntries(reports.get('/d2') ?? [])).toMatchObject({
      MessageStatus: 'undelivered',
      ErrorCode: '30005',
    });
    expect(signed).toBe(true);
  });
});
