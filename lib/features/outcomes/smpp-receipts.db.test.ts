import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { acceptSmppReceipt } from '@/lib/features/outcomes/accept-smpp-receipt';
import { drainProviderEvents } from '@/lib/features/outcomes/fold-provider-events';
import { sentRun } from '@/lib/features/outcomes/testing';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
  await openPoolAt(database.url);
});

afterAll(async () => {
  await closePool();
  await database.drop();
});

const receipt = {
  providerMessageId: 'pm_1',
  status: 'delivered' as const,
  errorCode: '000',
  userMessageReference: null,
  address: '+6580000001',
  text: 'id:pm_1 stat:DELIVRD',
};

describe('a receipt over SMPP', () => {
  it('repeated is one event, and says that the message arrived', async () => {
    const run = await sentRun({ channel: 'sms', kind: 'smpp' });
    for (let i = 0; i < 3; i++) await acceptSmppReceipt(run.workspaceId, run.accountId, receipt);
    await drainProviderEvents();
    const [row] =
      await pool()`select delivered_at is not null as delivered, state from deliveries where run_id = ${run.runId}`;
    expect(row).toEqual({ delivered: true, state: 'accepted' });
    const [events] =
      await pool()`select count(*)::int as n from provider_events where workspace_id = ${run.workspaceId}`;
    expect(events).toEqual({ n: 1 });
  });

  it('resolves a message in doubt whose submission was never answered, by number and reference', async () => {
    const run = await sentRun({ channel: 'sms', kind: 'smpp', state: 'in_doubt', contacts: 2 });
    await pool()`update deliveries set provider_message_id = null where run_id = ${run.runId}`;
    const reference = Number(BigInt(run.deliveryIds[0] ?? 0) & 65535n);
    const lost = { ...receipt, providerMessageId: 'smsc_77', userMessageReference: reference };
    await acceptSmppReceipt(run.workspaceId, run.accountId, lost);
    await drainProviderEvents();
    const rows = await pool()<
      { state: string }[]
    >`select state from deliveries where run_id = ${run.runId} order by id`;
    expect(rows.map((row) => row.state)).toEqual(['accepted', 'in_doubt']);
  });
});
