import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { resumeRun } from '@/lib/features/runs/change-run';
import { holdAfterAbsence } from '@/lib/features/runs/hold-after-absence';
import { runProgress } from '@/lib/features/runs/run-progress';
import { faultyDispatch } from '@/lib/features/testing/faulty-dispatch';
import { workerRow } from '@/lib/features/testing/settle-rows';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
  await openPoolAt(database.url);
});

afterAll(async () => {
  await closePool();
  await database.drop();
});

const HOUR = 3600;

describe('B8 · a database that was brought back from a backup', () => {
  it('waits for a person before anything is sent, says why, and goes on when resumed', async () => {
    const d = await faultyDispatch('smtp', {});
    await workerRow(20 * HOUR);
    await pool()`update runs set created_at = now() - interval '30 hours' where id = ${d.runId}`;
    expect(await holdAfterAbsence()).toEqual([{ workspaceId: d.f.ctx.workspaceId, runId: d.runId }]);
    expect(await holdAfterAbsence()).toEqual([]);
    expect(await d.send()).toBe('paused');
    expect(d.arrived()).toBe(0);
    const { statusReason } = await runProgress(d.f.ctx, d.runId);
    expect(statusReason).toContain('restored from a backup');
    await resumeRun(d.f.ctx, d.runId);
    expect(await d.finish()).toBe('completed');
    expect([await d.counts(), d.mostArrivals()]).toEqual([{ accepted: 10 }, 1]);
  });

  it('is not taken for a restart within hours, nor are runs that were launched since', async () => {
    const launchedSince = await faultyDispatch('smtp', {}, 2);
    await pool()`delete from workers`;
    await workerRow(20 * HOUR);
    expect(await holdAfterAbsence()).toEqual([]);
    await pool()`update runs set created_at = now() - interval '30 hours' where id = ${launchedSince.runId}`;
    await workerRow(HOUR);
    expect(await holdAfterAbsence()).toEqual([]);
    expect(await launchedSince.finish()).toBe('completed');
  });
});
