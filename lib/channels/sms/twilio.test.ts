import { afterEach, describe, expect, it } from 'vitest';
import type { SmsMessage } from '@/lib/channels/channel';
import type { FaultPlanInput } from '@/lib/channels/faulty/fault-plan';
import { type FaultyBench, openFaultyBench } from '@/lib/channels/testing/faulty-provider';
import { TwilioChannel } from './twilio';

let bench: FaultyBench;

async function start(plan: FaultPlanInput, seed = 'a'): Promise<string> {
  bench = await openFaultyBench({ plan, seed });
  return bench.baseUrl;
}
afterEach(() => bench.close());

/** Only a fault that says nothing is waited out; everything else must answer however slow the machine is. */
const patience = (fault: string) => (fault.endsWith('hang') ? 300 : 10_000);

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
    const sids = new Map(bench.ledger().map((line) => [line.key, line.providerMessageId]));
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
      expect(bench.provider.stats().accepted).toBe(accepted);
    });
  }

  it('stops asking for the rest of a group once the account was refused', async () => {
    const baseUrl = await start({ twilio: { unauthorized: 1 } });
    const channel = new TwilioChannel({ accountSid: 'AC1', secret: 's', baseUrl, concurrency: 2 });
    const results = await channel.send(group(40));
    expect(results.every((result) => result.outcome === 'rejected' && result.class === 'account')).toBe(true);
    expect(bench.provider.stats().faults['twilio.unauthorized']).toBeLessThanOrEqual(2);
  });
});
