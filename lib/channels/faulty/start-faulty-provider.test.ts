import { afterEach, describe, expect, it } from 'vitest';
import type { SendResult } from '@/lib/channels/channel';
import { SmtpChannel } from '@/lib/channels/email/smtp/smtp-channel';
import { TwilioChannel } from '@/lib/channels/sms/twilio';
import { emailMessage } from '@/lib/channels/testing/email-message';
import { type FaultyBench, openFaultyBench } from '@/lib/channels/testing/faulty-provider';
import type { FaultPlanInput } from './fault-plan';

let bench: FaultyBench;

async function start(plan: FaultPlanInput, seed = 'a'): Promise<string> {
  bench = await openFaultyBench({ plan, seed });
  return bench.baseUrl;
}
afterEach(() => bench.close());

const outcomes = (results: SendResult[]) => results.map((result) => result.outcome);

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
      const channel = new SmtpChannel({
        host: '127.0.0.1',
        port: bench.provider.smtpPort,
        security: 'none',
        connections: 6,
      });
      bench.closers.push(() => channel.close());
      const messages = Array.from({ length: 400 }, (_, n) => emailMessage(n + 1));
      const groups = Array.from({ length: 8 }, (_, g) => messages.slice(g * 50, g * 50 + 50));
      const results = (
        await Promise.all(groups.map((group, g) => channel.send({ idempotencyKey: `g${g}`, messages: group })))
      ).flat();
      const times = bench.timesInLedger();
      const wrong = results.flatMap((result, n) => {
        const count = times.get(`<d.${n + 1}@sender.example>`) ?? 0;
        const fine =
          result.outcome === 'accepted' ? count === 1 : result.outcome === 'rejected' ? count === 0 : count <= 1;
        return fine ? [] : [{ n, result, count }];
      });
      expect(wrong).toEqual([]);
      const { faults } = bench.provider.stats();
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
      expect(bench.provider.stats().duplicated).toEqual([]);
    });
  }
});

describe('control', () => {
  it('replaces the plan, reports what was done, and draws the same faults for the same seed', async () => {
    const baseUrl = await start({ twilio: { error_500: 0.5 } }, 'same');
    const drawn = async (url = baseUrl) => {
      const channel = new TwilioChannel({
        accountSid: 'AC1',
        secret: 's',
        baseUrl: url,
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
    const again = await openFaultyBench({ seed: 'same', plan: { twilio: { error_500: 0.5 } } });
    bench.closers.push(again.close);
    expect(await drawn(again.baseUrl)).toEqual(first);
    await fetch(`${baseUrl}/_faulty/plan`, { method: 'PUT', body: '{}' });
    expect(new Set(await drawn())).toEqual(new Set(['accepted']));
    const stats = await (await fetch(`${baseUrl}/_faulty/stats`)).json();
    expect(stats).toMatchObject({
      faults: { 'twilio.error_500': first.filter((outcome) => outcome === 'unknown').length },
    });
  });
});
