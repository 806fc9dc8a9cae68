import { Resend } from 'resend';
import { afterEach, describe, expect, it } from 'vitest';
import type { EmailMessage, SendResult } from '@/lib/channels/channel';
import type { FaultPlanInput } from '@/lib/channels/faulty/fault-plan';
import { type FaultyBench, openFaultyBench } from '@/lib/channels/testing/faulty-provider';
import { ResendChannel } from './resend';

let bench: FaultyBench;

async function start(plan: FaultPlanInput, seed = 'a'): Promise<string> {
  bench = await openFaultyBench({ plan, seed });
  return bench.baseUrl;
}
afterEach(() => bench.close());

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

describe('Resend', () => {
  it('sends a batch in one request and attributes every id', async () => {
    const channel = resend(await start({}));
    const results = await channel.send({ idempotencyKey: 'k', messages: batch(100) });
    const ids = new Map(bench.ledger().map((line) => [line.key, line.providerMessageId]));
    expect(results.map((result) => result.outcome === 'accepted' && result.providerMessageId)).toEqual(
      batch(100).map(({ deliveryId }) => ids.get(deliveryId)),
    );
  });

  it('asks for the same bytes whether a message comes in parts or as JSON', async () => {
    const channel = resend(await start({}));
    const asJson = batch(3).map(({ parts: made, ...message }): EmailMessage => {
      if (!made) return message;
      const { html, text, ...head } = made;
      return { ...message, json: { ...head, bodies: Buffer.from(JSON.stringify({ html, text }).slice(1, -1)) } };
    });
    const { body, sha256 } = channel.prepare(asJson);
    expect([body.toString(), sha256]).toEqual([
      channel.prepare(batch(3)).body.toString(),
      channel.prepare(batch(3)).sha256,
    ]);
    expect(JSON.parse(body.toString())).toMatchObject([
      { to: ['person1@recipient.example'], html: '<p>Hello</p>' },
      {},
      {},
    ]);
    expect(outcomes(await channel.send({ idempotencyKey: 'k', messages: asJson }))).toEqual(Array(3).fill('accepted'));
  });

  it('maps a partly refused batch by index, whatever is refused', async () => {
    const channel = resend(await start({ resend: { partial: 1 } }));
    const results = await channel.send({ idempotencyKey: 'k', messages: batch(100) });
    const accepted = new Set(bench.ledger().map((line) => line.key));
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
        bench.ledger().map((line) => line.providerMessageId),
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
      expect(bench.provider.stats().accepted).toBe(0);
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
    expect([...bench.timesInLedger().values()].every((times) => times === 1)).toBe(true);
    results.forEach((result, index) => {
      expect(bench.timesInLedger().has(String(index + 1))).toBe(result.outcome === 'accepted');
    });
  });

  it('the same key with other bytes is payload drift: unknown, never a second sending', async () => {
    const channel = resend(await start({}));
    await channel.send({ idempotencyKey: 'k', messages: batch(2) });
    expect(await channel.send({ idempotencyKey: 'k', messages: batch(2, 7) })).toMatchObject([
      { outcome: 'unknown', code: 'payload_drift' },
      { outcome: 'unknown', code: 'payload_drift' },
    ]);
    expect(bench.provider.stats().accepted).toBe(2);
  });

  it('asks again under the same key while the first request is still being worked on', async () => {
    const baseUrl = await start({});
    const channel = resend(baseUrl);
    const group = { idempotencyKey: 'k', messages: batch(50) };
    const both = await Promise.all([channel.send(group), channel.send(group)]);
    expect(both[0]).toEqual(both[1]);
    expect(bench.provider.stats().accepted).toBe(50);
  });

  it('nobody listening is a definite provider error', async () => {
    const baseUrl = await start({});
    await bench.provider.close();
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
