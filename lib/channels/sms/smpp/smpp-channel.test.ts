import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SmsMessage } from '@/lib/channels/channel';
import type { FaultPlanInput } from '@/lib/channels/faulty/fault-plan';
import { type FaultyProvider, startFaultyProvider } from '@/lib/channels/faulty/start-faulty-provider';
import { countSmsSegments } from '@/lib/domain/sms-segments';
import { encodeSms } from './encode-sms';
import type { SmppReceipt } from './parse-receipt';
import { SmppChannel, type SmppOptions } from './smpp-channel';

let dir = '';
let provider: FaultyProvider;
const closers: (() => Promise<unknown>)[] = [];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'waybill-smpp-'));
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  rmSync(dir, { recursive: true, force: true });
});

async function open(plan: FaultPlanInput, options: Partial<SmppOptions> = {}): Promise<SmppChannel> {
  provider = await startFaultyProvider({ dir, plan, smppPort: 0 });
  const { close, smppPort } = provider;
  closers.push(close);
  const channel = new SmppChannel({
    host: '127.0.0.1',
    port: smppPort ?? 0,
    systemId: 'shop',
    password: 'p',
    responseTimeoutMs: 10_000,
    ...options,
  });
  closers.push(() => channel.close());
  return channel;
}

const sms = (n: number, text = 'Hello'): SmsMessage => ({
  deliveryId: String(70_000 + n),
  from: 'Shop',
  to: `+65800${String(n).padStart(5, '0')}`,
  text,
});
const group = (count: number, text?: string) => ({
  idempotencyKey: 'k',
  messages: Array.from({ length: count }, (_, n) => sms(n + 1, text)),
});
const ledger = (): { key: string; to: string; providerMessageId: string; part?: string }[] =>
  readFileSync(provider.ledgerPath, 'utf8')
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

describe('SMPP', () => {
  it('sends each message once over one bind and keeps the order of results', async () => {
    const channel = await open({ latencyMs: [0, 3] }, { window: 20 });
    const results = await channel.send(group(100));
    const ids = new Map(ledger().map((line) => [line.to, line.providerMessageId]));
    expect(results.map((result) => result.outcome === 'accepted' && result.providerMessageId)).toEqual(
      group(100).messages.map(({ to }) => ids.get(to)),
    );
    expect(ledger()[0]?.key).toMatch(/^\+65800\d{5}:\d+$/);
  });

  const table = [
    [
      'throttled',
      { outcome: 'rejected', class: 'provider', retryable: true, code: 'ESME_RTHROTTLED', retryAfterMs: 1000 },
      0,
    ],
    ['queue_full', { outcome: 'rejected', class: 'provider', retryable: true, code: 'ESME_RMSGQFUL' }, 0],
    ['invalid_destination', { outcome: 'rejected', class: 'recipient', retryable: false }, 0],
    ['reset', { outcome: 'unknown', code: 'connection_lost' }, 0],
    ['accepted_reset', { outcome: 'unknown', code: 'connection_lost' }, 1],
    ['accepted_hang', { outcome: 'unknown', code: 'timeout' }, 1],
    ['accepted_unbind', { outcome: 'accepted' }, 1],
  ] as const;
  for (const [fault, expected, accepted] of table) {
    it(`${fault}: ${expected.outcome}, and the next message goes out on a healthy bind`, async () => {
      const responseTimeoutMs = fault === 'accepted_hang' ? 300 : 10_000;
      const channel = await open({ smppScript: [{ match: '*1', fault }] }, { responseTimeoutMs });
      expect(await channel.send(group(1))).toMatchObject([expected]);
      expect(provider.stats().accepted).toBe(accepted);
      expect(await channel.send({ idempotencyKey: 'k2', messages: [sms(2)] })).toMatchObject([{ outcome: 'accepted' }]);
    });
  }

  it('a refused bind is an account error; nobody listening is a provider error', async () => {
    const channel = await open({}, { systemId: 'refused' });
    expect(await channel.send(group(2))).toMatchObject([{ class: 'account' }, { class: 'account' }]);
    expect(await channel.verify()).toMatchObject({ ok: false });
    await provider.close();
    const nobody = new SmppChannel({ host: '127.0.0.1', port: provider.smppPort ?? 0, systemId: 'a', password: 'b' });
    expect(await nobody.send(group(1))).toMatchObject([{ class: 'provider', code: 'connection_refused' }]);
  });

  it('hands every receipt on, and the SMSC keeps the ones that could not be stored', async () => {
    const receipts: SmppReceipt[] = [];
    let onAll = () => {};
    const all = new Promise<void>((resolve) => {
      onAll = resolve;
    });
    const channel = await open(
      { receipt: 'delivered' },
      {
        onReceipt: async (receipt) => {
          receipts.push(receipt);
          if (receipts.length === 5) onAll();
        },
      },
    );
    const results = await channel.send(group(5));
    await all;
    expect(new Set(receipts.map((receipt) => receipt.providerMessageId))).toEqual(
      new Set(results.map((result) => result.outcome === 'accepted' && result.providerMessageId)),
    );
    expect(receipts[0]).toMatchObject({
      status: 'delivered',
      errorCode: '000',
      userMessageReference: expect.any(Number),
    });
  });

  it('sends a long text in parts, one after another, and asks for one receipt', async () => {
    const channel = await open({});
    expect(await channel.send(group(1, 'x'.repeat(400)))).toMatchObject([{ outcome: 'accepted' }]);
    expect(ledger().map((line) => line.part)).toEqual(['1/3', '2/3', '3/3']);
  });

  it('a throttled later part is repeated, a refused one is final and never repeats the first', async () => {
    const channel = await open({ smppScript: [{ match: '+6580000001#2', fault: 'throttled' }] });
    expect(await channel.send(group(1, 'x'.repeat(200)))).toMatchObject([{ outcome: 'accepted' }]);
    expect(ledger().map((line) => line.part)).toEqual(['1/2', '2/2']);
    provider.setPlan({ smppScript: [{ match: '+6580000009#2', fault: 'invalid_destination', times: 9 }] });
    const result = await channel.send({ idempotencyKey: 'k', messages: [sms(9, 'x'.repeat(200))] });
    expect(result).toMatchObject([
      { outcome: 'rejected', class: 'content', retryable: false, code: 'partial_ESME_RINVDSTADR' },
    ]);
    expect(ledger().filter((line) => line.to === '+6580000009')).toMatchObject([{ part: '1/2' }]);
  });
});

describe('SMS encoding', () => {
  it('cuts any text into as many parts as the segment counter says, and loses nothing', () => {
    const gsm = fc.string({ unit: fc.constantFrom(...'abc €^{}äñ@Δ\n?'), maxLength: 700 });
    const anything = fc.string({ unit: 'grapheme', maxLength: 300 });
    fc.assert(
      fc.property(fc.oneof(gsm, anything), (text) => {
        const { dataCoding, parts } = encodeSms(text, 300);
        const counted = countSmsSegments(text);
        expect(parts).toHaveLength(Math.max(1, counted.segments));
        expect(dataCoding === 0).toBe(counted.encoding === 'GSM-7');
        for (const part of parts) expect(part.length).toBeLessThanOrEqual(dataCoding === 0 ? 160 : 140);
        if (dataCoding === 8) {
          const bodies = parts.map((part) => (parts.length > 1 ? part.subarray(6) : part));
          expect(Buffer.concat(bodies).swap16().toString('utf16le')).toBe(text);
        }
      }),
    );
  });

  it('numbers the parts in a concatenation header', () => {
    const { parts } = encodeSms('x'.repeat(161), 0x1234);
    expect(parts.map((part) => [...part.subarray(0, 6)])).toEqual([
      [5, 0, 3, 0x34, 2, 1],
      [5, 0, 3, 0x34, 2, 2],
    ]);
  });

  it('encodes the alphabet as 23.038 has it', () => {
    expect([...(encodeSms('@Δ€à', 1).parts[0] ?? [])]).toEqual([0x00, 0x10, 0x1b, 0x65, 0x7f]);
  });
});
