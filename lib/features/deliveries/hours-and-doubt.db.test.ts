import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { EVERY_DAY } from '@/lib/domain/send-hours';
import { type Dialect, type FaultyDispatch, faultyDispatch, script } from '@/lib/features/testing/faulty-dispatch';
import { setClock, shiftClockOf } from '@/lib/features/testing/shifted-clock';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
  await shiftClockOf(database.url);
  await openPoolAt(database.url);
});
afterAll(async () => {
  await closePool();
  await database.drop();
});

const EVENING = '2026-11-20T20:59:20Z';
const NIGHT = '2026-11-20T21:05:00Z';

/** Ten people, hours by the workspace’s clock until 21:00, and forty seconds of them left; it is a Friday. */
async function lateInTheDay(dialect: Dialect, plan: Parameters<typeof faultyDispatch>[1], days = EVERY_DAY) {
  const channel = dialect === 'smtp' || dialect === 'resend' ? 'email' : 'sms';
  const hours = { [channel]: { days, from: '09:00', until: '21:00', whose: 'workspace' as const } };
  const d = await faultyDispatch(dialect, plan, 10, { policy: { hours } }, () => setClock('2026-11-20T12:00:00Z'));
  await setClock(EVENING);
  return d;
}

async function waits(d: FaultyDispatch): Promise<string[]> {
  const rows = await pool()<{ at: Date }[]>`
    select distinct not_before as at from batches where run_id = ${d.runId} and state = 'ready'`;
  return rows.map(({ at }) => at.toISOString());
}

describe('G4 · at the end of the hours', () => {
  it('a message that was put off by its server is tried again in the morning, and its attempts are as they were', async () => {
    const d = await lateInTheDay('smtp', script.smtp('data_451', 'c3@*'));
    await d.send();
    expect(await d.counts()).toEqual({ accepted: 9, queued: 1 });
    await setClock(NIGHT);
    await d.send();
    const [spent] = await pool()`select attempts from deliveries where run_id = ${d.runId} and state = 'queued'`;
    expect([spent?.attempts, await waits(d)]).toEqual([1, ['2026-11-21T09:00:00.000Z']]);
    await setClock('2026-11-21T09:00:00Z');
    expect(await d.send()).toBe('completed');
    expect([await d.counts(), d.mostArrivals()]).toEqual([{ accepted: 10 }, 1]);
  });

  it('a group whose answer was lost is asked for again in the morning, under the same key', async () => {
    const d = await lateInTheDay('resend', script.resend('accepted_500'));
    await d.send();
    const before = d.bench.ledger().length;
    expect((await d.counts()).queued).toBeGreaterThan(0);
    await setClock(NIGHT);
    await pool()`update batches set not_before = now() where run_id = ${d.runId} and state = 'ready'`;
    await d.send();
    expect([d.bench.ledger().length, await waits(d)]).toEqual([before, ['2026-11-21T09:00:00.000Z']]);
    await setClock('2026-11-21T09:00:00Z');
    expect(await d.send()).toBe('completed');
    expect([await d.counts(), d.mostArrivals(), d.arrived()]).toEqual([{ accepted: 10 }, 1, 10]);
  });

  it('and is in doubt at once where the provider will have forgotten the key by then', async () => {
    const d = await lateInTheDay('resend', script.resend('accepted_500'), [1, 2, 3, 4, 5]);
    await d.send();
    await setClock(NIGHT);
    await pool()`update batches set not_before = now() where run_id = ${d.runId} and state = 'ready'`;
    expect(await d.send()).toBe('completed');
    const { accepted = 0, in_doubt = 0 } = await d.counts();
    expect([accepted + in_doubt, in_doubt > 0, d.mostArrivals()]).toEqual([10, true, 1]);
  });
});
