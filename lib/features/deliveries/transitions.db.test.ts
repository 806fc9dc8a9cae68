import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { DELIVERY_STATES, type DeliveryState, mayBecome } from '@/lib/domain/delivery';
import { RUN_STATUSES, RUN_TRANSITIONS, type RunStatus } from '@/lib/domain/run';
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

/** Every ordered pair of two different names. */
function pairs<T>(names: readonly T[]): [T, T][] {
  return names.flatMap((from) => names.flatMap((to): [T, T][] => (from === to ? [] : [[from, to]])));
}

async function isAllowed(change: () => Promise<unknown>): Promise<boolean> {
  try {
    await change();
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === '23514') return false;
    throw error;
  }
}

async function deliveryIn(state: DeliveryState, n: number): Promise<string> {
  const [row] = await pool()<{ id: string }[]>`
    insert into deliveries (workspace_id, run_id, step, contact_id, batch_id, state, settled_at, error_class, error_code, error_text, skip_reason)
    values ('wsp_pairs', 'run_pairs', 0, ${`con_${n}`}, 1, ${state}, ${state === 'queued' ? null : new Date()}, 'recipient', '550', 'No', 'no_address')
    returning id`;
  return row?.id ?? '';
}

describe('the database and the code agree', () => {
  it('on every change of a delivery’s state', async () => {
    for (const [n, [from, to]] of pairs(DELIVERY_STATES).entries()) {
      const id = await deliveryIn(from, n);
      const allowed = await isAllowed(
        () =>
          pool()`update deliveries set state = ${to}, settled_at = ${to === 'queued' ? null : new Date()} where id = ${id}`,
      );
      expect([from, to, allowed]).toEqual([from, to, mayBecome(from, to)]);
    }
  });

  it('on evidence: what a provider answered stays as it is, and so does its line of history', async () => {
    const { deliveryIds, runId } = await sentRun();
    const id = deliveryIds[0] ?? '';
    await pool()`update deliveries set answer = '250 queued as 1' where id = ${id}`;
    const changes = [
      pool()`update deliveries set answer = '250 queued as 2' where id = ${id}`,
      pool()`update deliveries set history_id = history_id + 1 where id = ${id}`,
      pool()`update deliveries set history_id = null where id = ${id}`,
      // a second message of the flow, and one that was sent again without saying what
      pool()`insert into deliveries (workspace_id, run_id, step, contact_id, batch_id, repeat)
             select workspace_id, run_id, step, contact_id, batch_id, 1 from deliveries where run_id = ${runId}`,
    ];
    expect(await Promise.all(changes.map((change) => isAllowed(() => change)))).toEqual(changes.map(() => false));
    await pool()`update deliveries set answer = null where id = ${id}`;
  });

  it('on every change of a run’s status', async () => {
    const { workspaceId, runId } = await sentRun();
    for (const [n, [from, to]] of pairs<RunStatus>(RUN_STATUSES).entries()) {
      const id = `run_pair_${n}`;
      await pool()`
        insert into runs (id, workspace_id, campaign_id, version_id, occurrence_key, name, status, base_url, launched_by, status_reason, resume_status)
        select ${id}, ${workspaceId}, campaign_id, version_id, ${id}, name, ${from}, base_url, launched_by, 'why', 'sending'
        from runs where id = ${runId}`;
      const allowed = await isAllowed(() => pool()`update runs set status = ${to} where id = ${id}`);
      expect([from, to, allowed]).toEqual([from, to, RUN_TRANSITIONS[from].includes(to)]);
    }
  });
});
