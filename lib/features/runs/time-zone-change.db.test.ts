import { describe, expect, it } from 'vitest';
import { pool } from '@/lib/db/client';
import { EVERY_DAY, type SendHours } from '@/lib/domain/send-hours';
import { sendSlice } from '@/lib/features/deliveries/send-slice';
import { runProgress } from '@/lib/features/runs/run-progress';
import { sweepRuns } from '@/lib/features/runs/sweep-runs';
import { captureForTests } from '@/lib/features/testing/capture-for-tests';
import {
  type DispatchFixture,
  dispatchFixture,
  draftOf,
  launchAndQueue,
  sendAll,
  testChannelOf,
} from '@/lib/features/testing/dispatch-fixture';
import { setClock, shiftClockOf } from '@/lib/features/testing/shifted-clock';
import { updateWorkspace } from '@/lib/features/workspaces/update-workspace';

const ports = captureForTests([], shiftClockOf);

async function launch(f: DispatchFixture, whose: SendHours['whose']): Promise<string> {
  const email = { days: EVERY_DAY, from: '09:00', until: '21:00', whose };
  const runId = await launchAndQueue(f, draftOf(f, ['email'], { policy: { hours: { email } } }));
  // a launch notes the time of its machine
  await pool()`update runs set started_at = now() where id = ${runId}`;
  return runId;
}

const states = async (runId: string) => {
  const rows = await pool()<{ state: string; n: number; attempts: number }[]>`
    select state, count(*)::int as n, sum(attempts)::int as attempts from deliveries where run_id = ${runId} group by 1`;
  return rows.map(({ state, n, attempts }) => [state, n, attempts]);
};

describe('G4 · quiet hours of a workspace whose time zone is changed', () => {
  const zone = (f: DispatchFixture, timeZone: string) =>
    updateWorkspace({ ...f.ctx, actor: { type: 'user', userId: 'usr_o', name: 'Ola', role: 'owner' } }, { timeZone });
  const waits = async (runId: string) =>
    (
      await pool()<{ at: Date; n: number }[]>`
        select not_before as at, sum(size)::int as n from batches
        where run_id = ${runId} and state = 'ready' and waits_for = 'hours' group by 1 order by 1`
    ).map(({ at, n }) => [at.toISOString(), n]);

  it('let those go at once for whom it is day by the new clock', async () => {
    const f = await dispatchFixture(ports(), 1_100);
    await setClock('2026-11-20T23:00:00Z');
    const runId = await launch(f, 'workspace');
    await sendAll(f, runId);
    expect(await waits(runId)).toEqual([['2026-11-21T09:00:00.000Z', 1_100]]);
    // ten in the morning there
    await zone(f, 'Pacific/Noumea');
    expect((await sweepRuns()).wake.map((run) => run.runId)).toContain(runId);
    expect((await sendAll(f, runId)).status).toBe('completed');
    expect(await states(runId)).toEqual([['accepted', 1_100, 1_100]]);
  });

  it('have the others wait by it, sooner or later than before, unspent, and say so', async () => {
    const f = await dispatchFixture(ports(), 700);
    await setClock('2026-11-20T23:00:00Z');
    const runId = await launch(f, 'workspace');
    await sendAll(f, runId);
    for (const [timeZone, opens] of [
      ['Atlantic/Azores', '2026-11-21T10:00:00.000Z'],
      ['Asia/Kolkata', '2026-11-21T03:30:00.000Z'],
    ] as const) {
      await zone(f, timeZone);
      expect((await sendAll(f, runId)).nextAt).toBe(opens);
      expect(await waits(runId)).toEqual([[opens, 700]]);
      expect((await runProgress(f.ctx, runId)).outsideHours?.lastAt).toEqual(new Date(opens));
    }
    expect(await states(runId)).toEqual([['queued', 700, 0]]);
    await setClock('2026-11-21T03:30:00Z');
    expect((await sendAll(f, runId)).status).toBe('completed');
  });

  it('move nobody whose own clock is known', async () => {
    const f = await dispatchFixture(ports(), 4);
    await pool()`update contacts set time_zone = 'Europe/London' where workspace_id = ${f.ctx.workspaceId}`;
    await setClock('2026-11-20T23:00:00Z');
    const runId = await launch(f, 'contact');
    await sendAll(f, runId);
    await zone(f, 'Pacific/Noumea');
    await sendAll(f, runId);
    expect([await waits(runId), await states(runId)]).toEqual([[['2026-11-21T09:00:00.000Z', 4]], [['queued', 4, 0]]]);
  });

  it('are asked by the new clock also where a batch was taken and asked by the old one at that moment', async () => {
    for (const [timeZone, opens] of [
      ['Asia/Kolkata', '2026-11-21T03:30:00.000Z'],
      ['Atlantic/Azores', '2026-11-21T10:00:00.000Z'],
    ] as const) {
      const f = await dispatchFixture(ports(), 3);
      await setClock('2026-11-20T23:00:00Z');
      const runId = await launch(f, 'workspace');
      let changes = 0;
      const report = await sendSlice({
        workspaceId: f.ctx.workspaceId,
        runId,
        worker: 'wrk_slow',
        maxMs: 2_000,
        signal: new AbortController().signal,
        // loaded with the old clock by now
        channelOf: async (workspaceId, accountId) => {
          if (changes++ === 0) await zone(f, timeZone);
          return testChannelOf(workspaceId, accountId);
        },
      });
      expect([report.nextAt, await waits(runId), changes]).toEqual([opens, [[opens, 3]], 2]);
    }
  });

  it('leave a retry its time', async () => {
    const f = await dispatchFixture(ports(), 2);
    await setClock('2026-11-20T12:00:00Z');
    const runId = await launch(f, 'workspace');
    await pool()`update batches set not_before = now() + interval '3 hours', state = 'ready' where run_id = ${runId}`;
    await zone(f, 'Asia/Kolkata');
    expect((await sendAll(f, runId)).nextAt).toMatch(/^2026-11-20T15:00:0/);
  });
});
