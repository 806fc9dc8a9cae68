import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Resend } from 'resend';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EmailMessage, SendResult, SmsMessage } from '@/lib/channels/channel';
import { ResendChannel } from '@/lib/channels/email/resend';
import { SmtpChannel } from '@/lib/channels/email/smtp/smtp-channel';
import { TwilioChannel } from '@/lib/channels/sms/twilio';
import { emailMessage } from '@/lib/channels/testing/email-message';
import type { FaultPlanInput } from './fault-plan';
import { type FaultyProvider, startFaultyProvider } from './start-faulty-provider';

let dir = '';
let provider: FaultyProvider;
const closers: (() => Promise<unknown>)[] = [];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'waybill-faulty-'));
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  rmSync(dir, { recursive: true, force: true });
});

async function start(plan: FaultPlanInput, seed = 'a') {
  provider = await startFaultyProvider({ dir, seed, plan });
  const { close } = provider;
  closers.push(close);
  return `http://127.0.0.1:${provider.httpPort}`;
}

interface LedgerLine {
  dialect: string;
  key: string;
  to: string;
  providerMessageId: string;
}
function ledger(): LedgerLine[] {
  return readFileSync(provider.ledgerPath, 'utf8')
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}
function timesInLedger(): Map<string, number> {
  const times = new Map<string, number>();
  for (const { key } of ledger()) times.set(key, (times.get(key) ?? 0) + 1);
  return times;
}

const parts = (n: number, overrides: Partial<EmailMessage> = {}): EmailMessage => ({
  deliveryId: String(n),
  envelopeFrom: 'b@bounce.example',
  to: `person${n}@recipient.example`,
  parts: {
    from: 'Shop <news@sender.example>',
    subject: 'News',
    html: '<p>Hello</p>',
    text: 'Hello',
    headers: { 'X-Waybill-Delivery': String(n) },
  },
  ...overrides,
});
const batch = (count: number, from = 1) => Array.from({ length: count }, (_, n) => parts(n + from));
const outcomes = (results: SendResult[]) => results.map((result) => result.outcome);
/** Only a fault that says nothing is waited out; everything else must answer however slow the machine is. */
const patience = (fault: string) => (fault.endsWith('hang') ? 300 : 10_000);
const resend = (baseUrl: string, timeoutMs = 10_000) => new ResendChannel({ apiKey: 're_test', baseUrl, timeoutMs });

describe('SMTP against a provider that fails at random', () => {
  for (const seed of ['1', '2', '3']) {
    it(`the results and the provider's own ledger agree (seed ${seed})`, { timeout: 60_000 }, async () => {
      const each = 0.03;
      await start(
        {
          smtp: {
            mail_421: each,
            mail_reset: each,
            rcpt_450: each,
            rcpt_550: each,
            data_451: each,
            data_reset: each,
            body_reset: each,
            dot_451: each,
            dot_421: each,
            dot_552: each,
            dot_reset: each,
            accepted_reset: each,
            accepted_close: each,
            accepted_half_reply: each,
            accepted_250_reset: each,
          },
          closeAfterMessages: 17,
          latencyMs: [0, 2],
        },
        seed,
      );
      const channel = new SmtpChannel({ host: '127.0.0.1', port: provider.smtpPort, security: 'none', connections: 6 });
      closers.push(() => channel.close());
      const messages = Array.from({ length: 400 }, (_, n) => emailMessage(n + 1));
      const groups = Array.from({ length: 8 }, (_, g) => messages.slice(g * 50, g * 50 + 50));
      const results = (
        await Promise.all(groups.map((group, g) => channel.send({ idempotencyKey: `g${g}`, messages: group })))
      ).flat();
      const times = timesInLedger();
      const wrong = results.flatMap((result, n) => {
        const count = times.get(`<d.${n + 1}@sender.example>`) ?? 0;
        const fine =
          result.outcome === 'accepted' ? count === 1 : result.outcome === 'rejected' ? count === 0 : count <= 1;
        return fine ? [] : [{ n, result, count }];
      });
      expect(wrong).toEqual([]);
      const { faults } = provider.stats();
      const ambiguous = [
        'body_reset',
        'dot_reset',
        'accepted_reset',
        'accepted_close',
        'accepted_half_reply',
        'accepted_250_reset',
      ];
      const doubts = outcomes(results).filter((outcome) => outcome === 'unknown').length;
      expect(doubts).toBeGreaterThan(0);
      expect(doubts).toBeLessThanOrEqual(ambiguous.reduce((sum, name) => sum + (faults[`smtp.${name}`] ?? 0), 0));
      expect(provider.stats().duplicated).toEqual([]);
    });
  }
});

describe('Resend', () => {
  it('sends a batch in one request and attributes every id', async () => {
    const channel = resend(await start({}));
    const results = await channel.send({ idempotencyKey: 'k', messages: batch(100) });
    const ids = new Map(ledger().map((line) => [line.key, line.providerMessageId]));
    expect(results.map((result) => result.outcome === 'accepted' && result.providerMessageId)).toEqual(
      batch(100).map(({ deliveryId }) => ids.get(deliveryId)),
    );
  });

  it('maps a partly refused batch by index, whatever is refused', async () => {
    const channel = resend(await start({ resend: { partial: 1 } }));
    const results = await channel.send({ idempotencyKey: 'k', messages: batch(100) });
    const accepted = new Set(ledger().map((line) => line.key));
    results.forEach((result, index) => {
      expect(result.outcome).toBe(accepted.has(String(index + 1)) ? 'accepted' : 'rejected');
      if (result.outcome === 'rejected') expect(result).toMatchObject({ class: 'recipient', retryable: false });
    });
    expect(accepted.size).toBeGreaterThan(40);
    expect(accepted.size).toBeLessThan(100);
  });

  for (const fault of [
    'accepted_500',
    'accepted_reset',
    'accepted_hang',
    'accepted_truncated',
    'accepted_html',
  ] as const) {
    it(`${fault}: unknown, and the same key again brings the first answer without a second sending`, async () => {
      const channel = resend(await start({ resendScript: [{ match: '*', fault }] }), patience(fault));
      const group = { idempotencyKey: 'k', messages: batch(3) };
      expect(outcomes(await channel.send(group))).toEqual(['unknown', 'unknown', 'unknown']);
      const replay = await channel.send(group);
      expect(replay.map((result) => result.outcome === 'accepted' && result.providerMessageId)).toEqual(
        ledger().map((line) => line.providerMessageId),
      );
    });
  }

  const table = [
    [
      'limit',
      { outcome: 'rejected', class: 'provider', retryable: true, retryAfterMs: 2000, code: 'rate_limit_exceeded' },
    ],
    ['limit_date', { outcome: 'rejected', class: 'provider', retryable: true, retryAfterMs: 2000 }],
    ['quota', { outcome: 'rejected', class: 'account', retryable: true, code: 'daily_quota_exceeded' }],
    ['unauthorized', { outcome: 'rejected', class: 'account', retryable: true }],
    ['error_500', { outcome: 'unknown' }],
    ['error_503', { outcome: 'unknown' }],
    ['reset', { outcome: 'unknown', code: 'connection_lost' }],
    ['hang', { outcome: 'unknown', code: 'timeout' }],
  ] as const;
  for (const [fault, expected] of table) {
    it(`${fault}: ${expected.outcome}, and nothing was accepted`, async () => {
      const channel = resend(await start({ resend: { [fault]: 1 }, retryAfterSeconds: 2 }), patience(fault));
      const results = await channel.send({ idempotencyKey: 'k', messages: batch(2) });
      expect(results).toMatchObject([expected, expected]);
      expect(provider.stats().accepted).toBe(0);
    });
  }

  it('one refused message of a strictly judged batch is isolated; the others are sent once', async () => {
    const channel = resend(await start({ resendScript: [{ match: '*', fault: 'invalid' }] }));
    const messages = [...batch(4), parts(5, { to: 'not an address' }), ...batch(4, 6)];
    const results = await channel.send({ idempotencyKey: 'k', messages });
    expect(
      results.filter((result) => result.outcome === 'accepted').length +
        results.filter((result) => result.outcome === 'rejected').length,
    ).toBe(9);
    expect(results[4]).toMatchObject({ outcome: 'rejected', class: 'recipient', retryable: false });
    expect([...timesInLedger().values()].every((times) => times === 1)).toBe(true);
    results.forEach((result, index) => {
      expect(timesInLedger().has(String(index + 1))).toBe(result.outcome === 'accepted');
    });
  });

  it('the same key with other bytes is payload drift: unknown, never a second sending', async () => {
    const channel = resend(await start({}));
    await channel.send({ idempotencyKey: 'k', messages: batch(2) });
    expect(await channel.send({ idempotencyKey: 'k', messages: batch(2, 7) })).toMatchObject([
      { outcome: 'unknown', code: 'payload_drift' },
      { outcome: 'unknown', code: 'payload_drift' },
    ]);
    expect(provider.stats().accepted).toBe(2);
  });

  it('asks again under the same key while the first request is still being worked on', async () => {
    const baseUrl = await start({});
    const channel = resend(baseUrl);
    const group = { idempotencyKey: 'k', messages: batch(50) };
    const both = await Promise.all([channel.send(group), channel.send(group)]);
    expect(both[0]).toEqual(both[1]);
    expect(provider.stats().accepted).toBe(50);
  });

  it('nobody listening is a definite provider error', async () => {
    const baseUrl = await start({});
    await provider.close();
    expect(await resend(baseUrl).send({ idempotencyKey: 'k', messages: batch(1) })).toMatchObject([
      { outcome: 'rejected', class: 'provider', retryable: true, code: 'connection_refused' },
    ]);
  });

  it('speaks the dialect the official SDK speaks', async () => {
    const baseUrl = await start({});
    const sdk = new Resend('re_test', { baseUrl });
    const email = { from: 'a@sender.example', to: ['b@recipient.example'], subject: 's', html: '<p>x</p>' };
    const single = await sdk.emails.send(email, { idempotencyKey: 'one' });
    expect(single).toMatchObject({ error: null, data: { id: expect.any(String) } });
    expect((await sdk.emails.send(email, { idempotencyKey: 'one' })).data?.id).toBe(single.data?.id);
    const drift = await sdk.emails.send({ ...email, subject: 'other' }, { idempotencyKey: 'one' });
    expect(drift.error).toMatchObject({ name: 'invalid_idempotent_request' });
    const many = await sdk.batch.send([email, { ...email, to: ['nonsense'] }, email], {
      batchValidation: 'permissive',
    });
    expect(many.data?.data).toHaveLength(2);
    expect(many.data?.errors).toMatchObject([{ index: 1 }]);
  });
});

describe('Twilio', () => {
  const sms = (n: number): SmsMessage => ({
    deliveryId: String(n),
    from: '+6580009999',
    to: `+65800${String(n).padStart(5, '0')}`,
    text: 'Hello',
    statusCallbackUrl: `http://127.0.0.1:9/d/${n}`,
  });
  const group = (count: number) => ({
    idempotencyKey: 'k',
    messages: Array.from({ length: count }, (_, n) => sms(n + 1)),
  });
  const twilio = (baseUrl: string, timeoutMs = 10_000) =>
    new TwilioChannel({ accountSid: 'AC1', secret: 's', baseUrl, timeoutMs });

  it('sends each message once and keeps the order of results', async () => {
    const channel = twilio(await start({}));
    const results = await channel.send(group(50));
    const sids = new Map(ledger().map((line) => [line.key, line.providerMessageId]));
    expect(results.map((result) => result.outcome === 'accepted' && result.providerMessageId)).toEqual(
      group(50).messages.map(({ statusCallbackUrl = '' }) => sids.get(statusCallbackUrl)),
    );
  });

  const table = [
    ['limit', { outcome: 'rejected', class: 'provider', retryable: true, retryAfterMs: 2000 }, 0],
    ['quota', { outcome: 'rejected', class: 'account', retryable: true }, 0],
    ['unauthorized', { outcome: 'rejected', class: 'account', retryable: true, code: '20003' }, 0],
    ['invalid', { outcome: 'rejected', class: 'recipient', retryable: false, code: '21211' }, 0],
    ['error_503', { outcome: 'unknown' }, 0],
    ['reset', { outcome: 'unknown' }, 0],
    ['accepted_500', { outcome: 'unknown' }, 1],
    ['accepted_hang', { outcome: 'unknown', code: 'timeout' }, 1],
    ['accepted_truncated', { outcome: 'unknown' }, 1],
  ] as const;
  for (const [fault, expected, accepted] of table) {
    it(`${fault}: ${expected.outcome}`, async () => {
      const channel = twilio(
        await start({ twilioScript: [{ match: '*', fault }], retryAfterSeconds: 2 }),
        patience(fault),
      );
      expect(await channel.send(group(1))).toMatchObject([expected]);
      expect(provider.stats().accepted).toBe(accepted);
    });
  }

  it('stops asking for the rest of a group once the account was refused', async () => {
    const baseUrl = await start({ twilio: { unauthorized: 1 } });
    const channel = new TwilioChannel({ accountSid: 'AC1', secret: 's', baseUrl, concurrency: 2 });
    const results = await channel.send(group(40));
    expect(results.every((result) => result.outcome === 'rejected' && result.class === 'account')).toBe(true);
    expect(provider.stats().faults['twilio.unauthorized']).toBeLessThanOrEqual(2);
  });
});

describe('control', () => {
  it('replaces the plan, reports what was done, and draws the same faults for the same seed', async () => {
    const baseUrl = await start({ twilio: { error_500: 0.5 } }, 'same');
    const drawn = async () => {
      const channel = new TwilioChannel({
        accountSid: 'AC1',
        secret: 's',
        baseUrl: `http://127.0.0.1:${provider.httpPort}`,
      });
      const messages = Array.from({ length: 40 }, (_, n) => ({
        deliveryId: `${n}`,
        from: '+15550000000',
        to: `+1555000${1000 + n}`,
        text: 'x',
      }));
      return outcomes(await channel.send({ idempotencyKey: 'k', messages }));
    };
    const first = await drawn();
    expect(new Set(first)).toEqual(new Set(['accepted', 'unknown']));
    const second = await startFaultyProvider({
      dir: join(dir, 'again'),
      seed: 'same',
      plan: { twilio: { error_500: 0.5 } },
    });
    closers.push(second.close);
    const original = provider;
    provider = second;
    expect(await drawn()).toEqual(first);
    provider = original;
    await fetch(`${baseUrl}/_faulty/plan`, { method: 'PUT', body: '{}' });
    expect(new Set(await drawn())).toEqual(new Set(['accepted']));
    const stats = await (await fetch(`${baseUrl}/_faulty/stats`)).json();
    expect(stats).toMatchObject({
      faults: { 'twilio.error_500': first.filter((outcome) => outcome === 'unknown').length },
    });
  });
});
