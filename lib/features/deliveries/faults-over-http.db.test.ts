import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { createProviderAccount } from '@/lib/features/providers/create-provider-account';
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

async function pausedBecause({ runId }: FaultyDispatch): Promise<unknown> {
  const [row] = await pool()`select status, status_reason as reason from runs where id = ${runId}`;
  return row;
}

async function attemptsSpent({ runId }: FaultyDispatch): Promise<number> {
  const [row] = await pool()<{ n: number }[]>`
    select coalesce(max(attempts - attempts_base), 0)::int as n from deliveries where run_id = ${runId}`;
  return row?.n ?? 0;
}

describe('C · a provider over HTTP', () => {
  it.each(['limit', 'limit_date'] as const)('C1: %s with Retry-After waits, and fails nobody', async (fault) => {
    const d = await faultyDispatch('resend', script.resend(fault));
    await d.send();
    const [held] =
      await pool()`select breaker_retry_at > now() as held from provider_accounts where id = ${d.accountId}`;
    expect(held).toEqual({ held: true });
    expect(await d.finish()).toBe('completed');
    expect([await d.counts(), d.mostArrivals(), await attemptsSpent(d)]).toEqual([{ accepted: 10 }, 1, 1]);
  });

  it('C2: a used-up quota pauses the run with the reason, and it goes on afterwards', async () => {
    const d = await faultyDispatch('resend', { resend: { quota: 1 } });
    await d.send();
    expect(await pausedBecause(d)).toEqual({ status: 'paused', reason: expect.stringContaining('quota') });
    d.bench.provider.setPlan({});
    expect(await d.finish()).toBe('completed');
    expect(await d.counts()).toEqual({ accepted: 10 });
  });

  it.each(['error_500', 'error_503', 'reset'] as const)(
    'C3: %s before acceptance is replayed under the same key and arrives once',
    async (fault) => {
      const d = await faultyDispatch('resend', script.resend(fault));
      expect(await d.finish()).toBe('completed');
      expect([await d.counts(), d.mostArrivals(), d.arrived()]).toEqual([{ accepted: 10 }, 1, 10]);
    },
  );

  it.each(['accepted_500', 'accepted_reset', 'accepted_truncated', 'accepted_html'] as const)(
    'C4, C5: %s after acceptance arrives once and is known as accepted',
    async (fault) => {
      const d = await faultyDispatch('resend', script.resend(fault));
      expect(await d.finish()).toBe('completed');
      expect([await d.counts(), d.mostArrivals(), d.arrived()]).toEqual([{ accepted: 10 }, 1, 10]);
    },
  );

  it.each(['error_500', 'accepted_500', 'accepted_reset', 'reset'] as const)(
    'C3, C4: %s of a provider without keys is in doubt and never sent again',
    async (fault) => {
      const d = await faultyDispatch('twilio', script.twilio(fault, '*0000003'), 6);
      expect(await d.finish()).toBe('completed');
      expect(await d.counts()).toEqual({ accepted: 5, in_doubt: 1 });
      expect(d.mostArrivals()).toBe(1);
    },
  );

  it('C6: a provider that cannot be reached pauses the run after three tries and spends nobody’s attempts', async () => {
    const d = await faultyDispatch('resend', {});
    await pool()`update provider_accounts set config = config || '{"baseUrl": "http://127.0.0.1:1"}', updated_at = now() where id = ${d.accountId}`;
    for (let i = 0; i < 3; i++) {
      await d.send();
      await pool()`update provider_accounts set breaker_retry_at = null where id = ${d.accountId} and breaker_state = 'closed'`;
      await pool()`update batches set not_before = now() where run_id = ${d.runId} and state = 'ready'`;
    }
    expect(await pausedBecause(d)).toEqual({ status: 'paused', reason: expect.stringContaining('Nothing was lost') });
    expect([await d.counts(), await attemptsSpent(d)]).toEqual([{ queued: 10 }, 0]);
  });

  it('C7: one refused recipient fails with what the provider said; the others go on', async () => {
    const d = await faultyDispatch('twilio', script.twilio('invalid', '*0000002', 99), 6);
    expect(await d.finish()).toBe('completed');
    expect(await d.counts()).toEqual({ accepted: 5, failed: 1 });
    const [failed] =
      await pool()`select error_class, error_code, error_text from deliveries where run_id = ${d.runId} and state = 'failed'`;
    expect(failed).toEqual({
      error_class: 'recipient',
      error_code: expect.stringContaining('21211'),
      error_text: expect.stringContaining('Phone Number'),
    });
  });

  it('C8: a revoked key pauses the run at once and burns nobody', async () => {
    const d = await faultyDispatch('resend', { resend: { unauthorized: 1 } });
    await d.send();
    expect(await pausedBecause(d)).toEqual({ status: 'paused', reason: expect.stringContaining('refused us') });
    expect([await d.counts(), await attemptsSpent(d)]).toEqual([{ queued: 10 }, 0]);
  });

  it('C9: a batch taken in part maps every answer to its own message', async () => {
    const d = await faultyDispatch('resend', { resend: { partial: 1 } }, 40);
    expect(await d.finish()).toBe('completed');
    const accepted = await pool()<{ address: string; id: string }[]>`
      select m.email as address, d.provider_message_id as id from deliveries d
      join run_members m on m.run_id = d.run_id and m.contact_id = d.contact_id where d.run_id = ${d.runId} and d.state = 'accepted'`;
    const ledger = new Map(d.bench.ledger().map((line) => [line.to, line.providerMessageId]));
    expect(accepted.length).toBeLessThan(40);
    expect(new Map(accepted.map(({ address, id }) => [address, id]))).toEqual(ledger);
  });

  it('C13: what is unclear when the provider has forgotten the key is in doubt, never sent again', async () => {
    const d = await faultyDispatch('resend', script.resend('accepted_reset', '*', 1), 5);
    await d.send();
    await pool()`update intents set first_intent_at = now() - interval '25 hours' where run_id = ${d.runId} and closed_at is null`;
    expect(await d.finish()).toBe('completed');
    expect([await d.counts(), d.mostArrivals()]).toEqual([{ in_doubt: 5 }, 1]);
  });

  it('C16: a run stays with the account it was launched with when its sender is moved to another', async () => {
    const d = await faultyDispatch('twilio', script.twilio('accepted_reset', '*0000003'), 6, {
      policy: { waveSize: 3 },
    });
    const other = await createProviderAccount(d.f.ctx, {
      name: 'Other',
      config: { kind: 'twilio', baseUrl: d.bench.baseUrl, accountSid: 'AC_other', timeoutMs: 1_000 },
      secrets: { secret: 'test' },
    });
    await d.send();
    await pool()`update senders set provider_account_id = ${other.id} where id = ${d.f.smsSenderId}`;
    expect(await d.finish()).toBe('completed');
    expect([await d.counts(), d.mostArrivals()]).toEqual([{ accepted: 5, in_doubt: 1 }, 1]);
    const accounts = await pool()`select distinct provider_account_id as id from intents where run_id = ${d.runId}`;
    expect(accounts).toEqual([{ id: d.accountId }]);
  });
});
