import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Channel, SendResult } from '@/lib/channels/channel';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { sendSlice } from '@/lib/features/deliveries/send-slice';
import { dispatchFixture, draftOf, launchAndQueue } from '@/lib/features/testing/dispatch-fixture';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
  await openPoolAt(database.url);
});
afterAll(async () => {
  await closePool();
  await database.drop();
});

/** Two groups of five leave at once: the one fails as nothing should, and only then the other has its answers. */
function failingOnce(): { channel: Channel; sent: string[] } {
  const sent: string[] = [];
  let calls = 0;
  let goOn: () => void = () => undefined;
  const failed = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const channel: Channel = {
    capabilities: { format: 'text', maxGroupSize: 5, concurrentGroups: 2, idempotencyWindowMs: 0 },
    async send({ messages }) {
      sent.push(...messages.map(({ to }) => to));
      if (++calls === 2) {
        setImmediate(goOn);
        throw new Error('a defect of the adapter');
      }
      if (calls === 1) await failed;
      return messages.map((): SendResult => ({ outcome: 'accepted', providerMessageId: null, text: 'ok' }));
    },
    verify: async () => ({ ok: true, text: '' }),
    close: async () => undefined,
  };
  return { channel, sent };
}

it('when one lane fails, what the others were answered is in the ledger before anybody hears of it', async () => {
  const f = await dispatchFixture({ smtpPort: 1, smsUrl: 'http://127.0.0.1:1' }, 20);
  const runId = await launchAndQueue(f, draftOf(f, ['sms']));
  const { channel, sent } = failingOnce();
  const slice = {
    workspaceId: f.ctx.workspaceId,
    runId,
    worker: 'wrk_lane',
    maxMs: 2_000,
    channelOf: async () => ({ channel, maxPerSecond: null }),
    signal: new AbortController().signal,
  };
  await expect(sendSlice(slice)).rejects.toThrow('a defect of the adapter');
  const states = async () =>
    Object.fromEntries(
      (
        await pool()<{ state: string; n: number }[]>`
          select state, count(*)::int as n from deliveries where run_id = ${runId} group by state`
      ).map((row) => [row.state, row.n]),
    );
  // the five that were answered; the others began nothing more
  expect(await states()).toEqual({ accepted: 5, queued: 15 });
  expect(sent).toHaveLength(10);
  // the batch is free at once, and whoever takes it knows what was on the wire
  expect((await sendSlice(slice)).status).toBe('completed');
  expect(await states()).toEqual({ accepted: 15, in_doubt: 5 });
  expect(new Set(sent).size).toBe(sent.length);
});
