import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { faultyDispatch, script } from '@/lib/features/testing/faulty-dispatch';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
  await openPoolAt(database.url);
});

afterAll(async () => {
  await closePool();
  await database.drop();
});

describe('D · SMTP and SMPP', () => {
  it.each(['dot_reset', 'accepted_reset', 'accepted_close', 'accepted_half_reply'] as const)(
    'D1, D5: %s is in doubt, because the final dot was written',
    async (fault) => {
      const d = await faultyDispatch('smtp', script.smtp(fault, 'c3@*'), 6);
      expect(await d.finish()).toBe('completed');
      expect([await d.counts(), d.mostArrivals()]).toEqual([{ accepted: 5, in_doubt: 1 }, 1]);
    },
  );

  it.each(['mail_reset', 'data_reset'] as const)(
    'D2: %s comes before the final dot, so it is sent again',
    async (fault) => {
      const d = await faultyDispatch('smtp', script.smtp(fault, 'c3@*'), 6);
      expect(await d.finish()).toBe('completed');
      expect([await d.counts(), d.mostArrivals(), d.arrived()]).toEqual([{ accepted: 6 }, 1, 6]);
    },
  );

  it('D2: a reset within the body is doubt when the dot had left as well, and never a second message', async () => {
    const d = await faultyDispatch('smtp', script.smtp('body_reset', 'c3@*'), 6);
    expect(await d.finish()).toBe('completed');
    const { accepted = 0, in_doubt: inDoubt = 0 } = await d.counts();
    expect([accepted + inDoubt, d.arrived(), d.mostArrivals()]).toEqual([6, accepted, 1]);
  });

  it('D3: mail_421 is tried on another connection and arrives', async () => {
    const d = await faultyDispatch('smtp', script.smtp('mail_421', 'c3@*'), 6);
    expect(await d.finish()).toBe('completed');
    expect([await d.counts(), d.mostArrivals(), d.arrived()]).toEqual([{ accepted: 6 }, 1, 6]);
  });

  it.each(['rcpt_450', 'data_451', 'dot_451', 'dot_421'] as const)(
    'D3: %s puts off and arrives later',
    async (fault) => {
      const d = await faultyDispatch('smtp', script.smtp(fault, 'c3@*'), 6);
      await d.send();
      expect((await d.counts()).queued).toBeGreaterThan(0);
      expect(await d.finish()).toBe('completed');
      expect([await d.counts(), d.mostArrivals(), d.arrived()]).toEqual([{ accepted: 6 }, 1, 6]);
    },
  );

  it.each(['rcpt_550', 'dot_552'] as const)('D4: %s fails that message with the reply', async (fault) => {
    const d = await faultyDispatch('smtp', script.smtp(fault, 'c3@*', 99), 6);
    expect(await d.finish()).toBe('completed');
    expect(await d.counts()).toEqual({ accepted: 5, failed: 1 });
    const [failed] =
      await pool()`select error_code as code, error_text as text from deliveries where run_id = ${d.runId} and state = 'failed'`;
    expect(failed).toEqual({ code: expect.stringContaining(fault.slice(-3)), text: expect.any(String) });
  });

  it('D6: a server that closes after every few messages gets each message once', async () => {
    const d = await faultyDispatch('smtp', { closeAfterMessages: 7 }, 60);
    expect(await d.finish()).toBe('completed');
    expect([await d.counts(), d.mostArrivals(), d.arrived()]).toEqual([{ accepted: 60 }, 1, 60]);
  });

  it('D8: an unbind right after the answer loses nothing and repeats nothing', async () => {
    const d = await faultyDispatch('smpp', script.smpp('accepted_unbind', '*0000003'), 4);
    expect(await d.finish()).toBe('completed');
    expect([d.arrived(), d.mostArrivals()]).toEqual([4, 1]);
  });

  it.each(['accepted_reset', 'accepted_hang'] as const)(
    'D8: %s of a submission is in doubt and never submitted again',
    async (fault) => {
      const d = await faultyDispatch('smpp', script.smpp(fault, '*0000003'), 4);
      expect(await d.finish()).toBe('completed');
      const counts = await d.counts();
      expect(counts.in_doubt).toBeGreaterThanOrEqual(1);
      expect((counts.accepted ?? 0) + (counts.in_doubt ?? 0)).toBe(4);
      expect(d.mostArrivals()).toBe(1);
    },
  );

  it.each(['throttled', 'queue_full'] as const)('D10: %s waits and arrives later', async (fault) => {
    const d = await faultyDispatch('smpp', script.smpp(fault, '*0000003'), 4);
    expect(await d.finish()).toBe('completed');
    expect([await d.counts(), d.mostArrivals(), d.arrived()]).toEqual([{ accepted: 4 }, 1, 4]);
  });

  it('D11: a text whose second part is refused fails with what went out, and its first part is never sent again', async () => {
    const long = JSON.stringify({ text: 'A long text. '.repeat(20) });
    const d = await faultyDispatch(
      'smpp',
      script.smpp('invalid_destination', '*0000003#2', 99),
      4,
      {},
      (f) => pool()`update templates set content = ${long}::jsonb where id = ${f.smsTemplateId}`,
    );
    expect(await d.finish()).toBe('completed');
    expect(await d.counts()).toEqual({ accepted: 3, failed: 1 });
    const [failed] =
      await pool()`select error_code as code, error_text as text, attempts from deliveries where run_id = ${d.runId} and state = 'failed'`;
    expect(failed).toEqual({
      code: expect.stringContaining('partial'),
      text: expect.stringContaining('Part 2 of 2 was refused, 1 went out'),
      attempts: 1,
    });
    const firstParts = d.bench.ledger().filter(({ part }) => part === '1/2');
    expect([firstParts.length, new Set(firstParts.map(({ to }) => to)).size]).toEqual([4, 4]);
  });
});
