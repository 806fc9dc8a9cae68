import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { drainProviderEvents } from '@/lib/features/outcomes/fold-provider-events';
import { lookUpDoubts } from '@/lib/features/outcomes/look-up-doubts';
import { draftOf, launchAndQueue, sendAll, testChannelOf } from '@/lib/features/testing/dispatch-fixture';
import { type FaultyDispatch, faultyDispatch, script } from '@/lib/features/testing/faulty-dispatch';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
  await openPoolAt(database.url);
});
afterAll(async () => {
  await closePool();
  await database.drop();
});

/** As if so many minutes had gone by since the doubt arose. */
async function age(d: FaultyDispatch, minutes: number): Promise<void> {
  await pool()`update delivery_issues set at = now() - ${minutes} * interval '1 minute'
    where workspace_id = ${d.f.ctx.workspaceId}`;
}

async function lookUp(): Promise<number> {
  const found = await lookUpDoubts(testChannelOf);
  await drainProviderEvents();
  return found;
}

describe('a text message in doubt, looked up in the list of its provider', () => {
  it('that is listed was sent: it is accepted under the name the provider gave it', async () => {
    const d = await faultyDispatch('twilio', script.twilio('accepted_reset'), 3);
    await d.finish();
    expect(await d.counts()).toEqual({ in_doubt: 3 });
    expect(await lookUp()).toBe(0);
    await age(d, 3);
    expect(await lookUp()).toBe(3);
    expect([await d.counts(), d.mostArrivals(), d.arrived()]).toEqual([{ accepted: 3 }, 1, 3]);
    const ids = await pool()<{ id: string }[]>`
      select provider_message_id as id from deliveries where run_id = ${d.runId} order by id`;
    expect(ids.map(({ id }) => id).sort()).toEqual(
      d.bench
        .ledger()
        .map((line) => line.providerMessageId)
        .sort(),
    );
  });

  it('that is not listed stays in doubt, is asked for three times and never sent again', async () => {
    const d = await faultyDispatch('twilio', script.twilio('reset'), 2);
    await d.finish();
    for (const minutes of [3, 3, 11, 11, 61, 61, 200]) {
      await age(d, minutes);
      expect(await lookUp()).toBe(0);
    }
    expect([await d.counts(), d.arrived()]).toEqual([{ in_doubt: 2 }, 0]);
    const [asked] = await pool()<{ n: number }[]>`
      select count(*)::int as n from provider_events where workspace_id = ${d.f.ctx.workspaceId} and provider_event_id like 'look-up:%'`;
    expect(asked?.n).toBe(6);
  });

  it('is not taken for another message of the same words to the same number', async () => {
    const d = await faultyDispatch('twilio', script.twilio('reset'), 2);
    await d.finish();
    const second = await launchAndQueue(d.f, draftOf(d.f, ['sms']));
    await sendAll(d.f, second);
    await age(d, 3);
    expect(await lookUp()).toBe(0);
    expect(await d.counts()).toEqual({ in_doubt: 2 });
  });

  it('beside another in doubt to the same number stays so: the one that is listed could be either', async () => {
    const d = await faultyDispatch(
      'twilio',
      {
        twilioScript: [
          { match: '*', fault: 'reset' },
          { match: '*', fault: 'accepted_reset' },
        ],
      },
      1,
    );
    await d.finish();
    await sendAll(d.f, await launchAndQueue(d.f, draftOf(d.f, ['sms'])));
    await age(d, 3);
    expect(await lookUp()).toBe(0);
    expect(await d.counts()).toEqual({ in_doubt: 1 });
  });

  it('that the provider lists as failed has failed, with its words', async () => {
    const d = await faultyDispatch('twilio', script.twilio('accepted_reset'), 1);
    await d.finish();
    await age(d, 3);
    const failing: typeof testChannelOf = async (workspaceId, accountId) => {
      const { channel, maxPerSecond } = await testChannelOf(workspaceId, accountId);
      const listed = { providerMessageId: 'SM1', status: 'failed', errorCode: '30008', errorText: 'Unknown error' };
      return { channel: Object.assign(Object.create(channel), { lookUp: async () => [listed] }), maxPerSecond };
    };
    expect(await lookUpDoubts(failing)).toBe(1);
    await drainProviderEvents();
    const [row] = await pool()`select state, error_code as code from deliveries where run_id = ${d.runId}`;
    expect(row).toEqual({ state: 'failed', code: '30008' });
  });
});
