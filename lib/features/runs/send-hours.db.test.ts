import { describe, expect, it } from 'vitest';
import { pool } from '@/lib/db/client';
import type { CampaignDraftInput } from '@/lib/domain/campaign';
import { OUTSIDE_HOURS } from '@/lib/domain/error-words';
import { EVERY_DAY, type SendHours } from '@/lib/domain/send-hours';
import { claimBatch } from '@/lib/features/deliveries/claim-batch';
import { closeCancelledChunk } from '@/lib/features/deliveries/close-cancelled';
import { openIntent } from '@/lib/features/deliveries/open-intent';
import { sendSlice } from '@/lib/features/deliveries/send-slice';
import { stalledRuns } from '@/lib/features/health/stalled-runs';
import { cancelRun } from '@/lib/features/runs/cancel-run';
import { pauseRun } from '@/lib/features/runs/change-run';
import { findStandingRuns } from '@/lib/features/runs/find-standing-runs';
import { listRunRows } from '@/lib/features/runs/list-run-rows';
import { runNow } from '@/lib/features/runs/run-now';
import { runProgress } from '@/lib/features/runs/run-progress';
import { sweepRuns } from '@/lib/features/runs/sweep-runs';
import { captureForTests } from '@/lib/features/testing/capture-for-tests';
import {
  type DispatchFixture,
  dispatchFixture,
  draftOf,
  launchAndQueue,
  type StepKind,
  sendAll,
  testChannelOf,
} from '@/lib/features/testing/dispatch-fixture';
import { setClock, shiftClockOf } from '@/lib/features/testing/shifted-clock';

const ports = captureForTests([], shiftClockOf);

const hours = (over: Partial<SendHours> = {}): SendHours => ({
  days: EVERY_DAY,
  from: '09:00',
  until: '21:00',
  whose: 'contact',
  ...over,
});
type Policy = NonNullable<CampaignDraftInput['policy']>;

async function launch(f: DispatchFixture, kinds: StepKind[], policy: Policy): Promise<string> {
  const runId = await launchAndQueue(f, draftOf(f, kinds, { policy }));
  // a launch notes the time of its machine
  await pool()`update runs set started_at = now() where id = ${runId}`;
  return runId;
}

/** Everybody gets a zone, in turn. */
async function inZones(f: DispatchFixture, zones: string[]): Promise<void> {
  await pool()`update contacts set time_zone = (${zones}::text[])[substr(external_id, 2)::int % ${zones.length} + 1]
    where workspace_id = ${f.ctx.workspaceId}`;
}

async function statesBy(runId: string, step = 0): Promise<Record<string, number>> {
  const rows = await pool()<{ key: string; n: number }[]>`
    select concat(c.time_zone || ' ', d.state) as key, count(*)::int as n from deliveries d join contacts c on c.id = d.contact_id
    where d.run_id = ${runId} and d.step = ${step} group by 1`;
  return Object.fromEntries(rows.map(({ key, n }) => [key, n]));
}

const attempts = async (runId: string) =>
  (await pool()`select 1 from intents where run_id = ${runId}`).length +
  (await pool()`select 1 from deliveries where run_id = ${runId} and attempts > 0`).length;

describe('G4 · quiet hours', () => {
  it('hold everybody by their own clock, and let each go on by itself when it opens', async () => {
    const f = await dispatchFixture(ports(), 30);
    await inZones(f, ['Asia/Singapore', 'Europe/London', 'America/New_York']);
    // 22:00 in Singapore, 14:00 in London, 09:00 in New York, to the minute
    await setClock('2026-11-20T14:00:00Z');
    const runId = await launch(f, ['email', 'record'], { hours: { email: hours() } });
    const first = await sendAll(f, runId);
    expect(await statesBy(runId)).toEqual({
      'Asia/Singapore queued': 10,
      'Europe/London accepted': 10,
      'America/New_York accepted': 10,
    });
    expect(first.nextAt).toBe('2026-11-21T01:00:00.000Z');
    const progress = await runProgress(f.ctx, runId);
    expect(progress.outsideHours).toEqual({
      n: 10,
      nextAt: new Date('2026-11-21T01:00:00Z'),
      lastAt: new Date('2026-11-21T01:00:00Z'),
    });
    // records are nobody's disturbance: those of the others were written at once
    expect(progress.steps.map(({ counts }) => [counts.accepted, counts.waiting])).toEqual([
      [20, 10],
      [20, 10],
    ]);
    expect(progress.etaSeconds).toBeGreaterThan(10 * 3600);
    expect((await runNow(f.ctx, runId)).outsideHours).toEqual([
      expect.objectContaining({ step: 0, n: 10, whose: 'contact', opensAt: '09:00', tooLate: 0 }),
    ]);
    const behind = await listRunRows(f.ctx, { runId, step: 0, state: 'waiting', cause: OUTSIDE_HOURS });
    expect(behind.items.map(({ cause, waitsUntil }) => [cause, waitsUntil])).toEqual(
      Array.from({ length: 10 }, () => [OUTSIDE_HOURS, new Date('2026-11-21T01:00:00Z')]),
    );
    // who waits for them at the next step is held by nothing there
    expect((await listRunRows(f.ctx, { runId, step: 1, state: 'waiting', cause: OUTSIDE_HOURS })).items).toEqual([]);
    expect((await listRunRows(f.ctx, { runId, step: 1, state: 'waiting' })).items).toHaveLength(10);
    // hours of it are no standstill, nor reason to look
    await setClock('2026-11-20T22:00:00Z');
    expect((await stalledRuns(f.ctx)).map((run) => run.runId)).not.toContain(runId);
    expect((await findStandingRuns()).map((run) => run.runId)).not.toContain(runId);
    expect((await sweepRuns()).wake.map((run) => run.runId)).not.toContain(runId);
    await setClock('2026-11-21T00:59:30Z');
    expect((await sendAll(f, runId)).status).toBe('sending');
    expect((await sweepRuns()).wake.map((run) => run.runId)).toContain(runId);
    await setClock('2026-11-21T01:00:00Z');
    expect((await sendAll(f, runId)).status).toBe('completed');
    const done = await runProgress(f.ctx, runId);
    expect(done.steps.map(({ counts }) => counts.accepted)).toEqual([30, 30]);
    expect([done.balanced, done.outsideHours]).toEqual([true, null]);
    // dated when it left, not when it was put off
    const [dated] = await pool()`select max(dated_at) as at from batches where run_id = ${runId} and step = 0`;
    expect(dated?.at >= new Date('2026-11-21T01:00:00Z')).toBe(true);
  });

  it('spend no attempt and open no intent', async () => {
    const f = await dispatchFixture(ports(), 6);
    await setClock('2026-11-20T23:00:00Z');
    const runId = await launch(f, ['email'], { hours: { email: hours({ whose: 'workspace' }) } });
    for (let n = 0; n < 3; n++) await sendAll(f, runId, `wrk_${n}`);
    expect(await attempts(runId)).toBe(0);
    expect(await statesBy(runId)).toEqual({ queued: 6 });
  });

  it('are asked again at the intent: what was taken at 20:59:59 does not leave at 21:00:01', async () => {
    const f = await dispatchFixture(ports(), 3);
    await setClock('2026-11-20T20:59:58Z');
    const runId = await launch(f, ['email'], { hours: { email: hours({ whose: 'workspace' }) } });
    let isLate = false;
    const report = await sendSlice({
      workspaceId: f.ctx.workspaceId,
      runId,
      worker: 'wrk_slow',
      maxMs: 2_000,
      signal: new AbortController().signal,
      // taken and loaded by now; then the machine sleeps
      channelOf: async (workspaceId, accountId) => {
        if (!isLate) await setClock('2026-11-20T21:00:01Z');
        isLate = true;
        return testChannelOf(workspaceId, accountId);
      },
    });
    expect([report.status, report.nextAt, await attempts(runId)]).toEqual(['sending', '2026-11-21T09:00:00.000Z', 0]);
    await setClock('2026-11-21T09:00:00Z');
    expect((await sendAll(f, runId)).status).toBe('completed');
    expect(await statesBy(runId)).toEqual({ accepted: 3 });
  });

  it('are asked of the database’s clock in the statement of the intent itself', async () => {
    const f = await dispatchFixture(ports(), 2);
    await setClock('2026-11-20T12:00:00Z');
    const runId = await launch(f, ['email'], {});
    await pool()`update waves set status = 'released' where run_id = ${runId}`;
    await pool()`update batches set state = 'ready' where run_id = ${runId}`;
    const batch = await claimBatch(runId, 'wrk_exact');
    if (!batch) throw new Error('Nothing to take');
    const rows = await pool()<{ id: string; contactId: string }[]>`
      select id, contact_id as "contactId" from deliveries where run_id = ${runId}`;
    const ask = (closesAt: string) =>
      openIntent(batch, {
        channel: 'email',
        worker: 'wrk_exact',
        providerAccountId: f.emailAccountId,
        idempotencyKey: closesAt,
        payloadSha256: null,
        closesAt: new Date(closesAt),
        members: rows.map((row) => ({ deliveryId: row.id, contactId: row.contactId, address: 'c@example.com' })),
      });
    expect(await ask('2026-11-20T12:00:00Z')).toBeNull();
    expect((await ask('2026-11-20T12:15:00Z'))?.deliveryIds).toHaveLength(2);
  });

  it('hold a later step, whatever time the first one ended', async () => {
    const f = await dispatchFixture(ports(), 4);
    await inZones(f, ['Asia/Singapore', 'Asia/Tokyo']);
    await setClock('2026-11-20T16:00:00Z');
    const runId = await launch(f, ['email', 'sms'], { hours: { sms: hours() } });
    const report = await sendAll(f, runId);
    expect([report.nextAt, await statesBy(runId), await statesBy(runId, 1)]).toEqual([
      '2026-11-21T00:00:00.000Z',
      { 'Asia/Singapore accepted': 2, 'Asia/Tokyo accepted': 2 },
      { 'Asia/Singapore queued': 2, 'Asia/Tokyo queued': 2 },
    ]);
    await setClock('2026-11-21T00:00:00Z');
    await sendAll(f, runId);
    expect(await statesBy(runId, 1)).toEqual({ 'Asia/Singapore queued': 2, 'Asia/Tokyo accepted': 2 });
  });

  it('end as expired when the time the run gives ends first, at that time and not in the morning', async () => {
    const f = await dispatchFixture(ports(), 4);
    await setClock('2026-11-20T22:00:00Z');
    const policy = { hours: { email: hours({ whose: 'workspace' as const }) }, expireAfterMs: 3_600_000 };
    const runId = await launch(f, ['email'], policy);
    const expiresAt = Date.parse((await sendAll(f, runId)).nextAt ?? '');
    expect(Math.abs(expiresAt - Date.parse('2026-11-20T23:00:00Z'))).toBeLessThan(60_000);
    expect((await runNow(f.ctx, runId)).outsideHours).toMatchObject([{ n: 4, tooLate: 4 }]);
    await setClock('2026-11-20T23:02:00Z');
    expect((await sendAll(f, runId)).status).toBe('completed');
    expect([await statesBy(runId), await attempts(runId)]).toEqual([{ expired: 4 }, 0]);
  });

  it('are cancelled with the rest, and outlast a pause', async () => {
    const f = await dispatchFixture(ports(), 4);
    await setClock('2026-11-20T22:00:00Z');
    const runId = await launch(f, ['email'], { hours: { email: hours({ whose: 'workspace' }) } });
    await sendAll(f, runId);
    await pauseRun(f.ctx, runId);
    await setClock('2026-11-21T10:00:00Z');
    expect((await sendAll(f, runId)).status).toBe('paused');
    await cancelRun(f.ctx, runId);
    while ((await closeCancelledChunk(f.ctx.workspaceId, runId)) !== 'done');
    expect([await statesBy(runId), (await runProgress(f.ctx, runId)).balanced]).toEqual([{ cancelled: 4 }, true]);
  });
});

describe('G4 · quiet hours of many', () => {
  it('gather people of the same morning in few batches, however they came', async () => {
    const f = await dispatchFixture(ports(), 1_200);
    await inZones(f, ['Asia/Singapore', 'Asia/Tokyo', 'Asia/Kolkata']);
    await setClock('2026-11-20T20:00:00Z');
    const runId = await launch(f, ['email'], { hours: { email: hours() } });
    await Promise.all(['wrk_a', 'wrk_b'].map((worker) => sendAll(f, runId, worker)));
    const waiting = await pool()<{ at: Date; batches: number; people: number; rows: number }[]>`
      select not_before as at, count(*)::int as batches, sum(size)::int as people,
        sum((select count(*) from deliveries d where d.batch_id = b.id and d.state = 'queued'))::int as rows
      from batches b where run_id = ${runId} and state = 'ready' group by 1 order by 1`;
    expect(waiting.map(({ at, people, rows }) => [at.toISOString(), people, rows])).toEqual([
      ['2026-11-21T00:00:00.000Z', 400, 400],
      ['2026-11-21T01:00:00.000Z', 400, 400],
      ['2026-11-21T03:30:00.000Z', 400, 400],
    ]);
    expect(Math.max(...waiting.map(({ batches }) => batches))).toBeLessThanOrEqual(3);
    expect(await attempts(runId)).toBe(0);
  });

  it('take one batch to learn that one clock is closed for all', async () => {
    const f = await dispatchFixture(ports(), 1_600);
    await setClock('2026-11-20T23:00:00Z');
    const runId = await launch(f, ['email'], { hours: { email: hours({ whose: 'workspace' }) } });
    await sendAll(f, runId);
    const rows = await pool()`
      select fence, waits_for, size, not_before from batches where run_id = ${runId} and state = 'ready'`;
    expect(rows.map(({ waits_for, not_before }) => [waits_for, not_before.toISOString()])).toEqual(
      rows.map(() => ['hours', '2026-11-21T09:00:00.000Z']),
    );
    expect(rows.reduce((sum, { fence }) => sum + fence, 0)).toBeLessThanOrEqual(2);
    expect((await runProgress(f.ctx, runId)).outsideHours?.n).toBe(1_600);
  });

  it('keep back the waves that go by the clock, and call it no standstill', async () => {
    const f = await dispatchFixture(ports(), 6);
    await setClock('2026-11-20T20:30:00Z');
    const policy = { hours: { email: hours({ whose: 'workspace' as const }) }, waveSize: 2, waveIntervalMs: 3_600_000 };
    const runId = await launch(f, ['email'], policy);
    expect((await sendAll(f, runId)).nextAt).toBe('2026-11-21T09:00:00.000Z');
    const released = async () =>
      (await pool()`select 1 from waves where run_id = ${runId} and status <> 'held'`).length;
    await setClock('2026-11-20T23:45:00Z');
    await sendAll(f, runId);
    expect([await released(), (await runNow(f.ctx, runId)).heldWave?.releasesAt?.toISOString()]).toEqual([
      1,
      '2026-11-21T09:00:00.000Z',
    ]);
    expect((await stalledRuns(f.ctx)).map((run) => run.runId)).not.toContain(runId);
    await setClock('2026-11-21T09:00:30Z');
    expect((await stalledRuns(f.ctx)).map((run) => run.runId)).not.toContain(runId);
    await setClock('2026-11-21T09:02:00Z');
    expect((await stalledRuns(f.ctx)).map((run) => run.runId)).toContain(runId);
    await sendAll(f, runId);
    expect([await released(), await statesBy(runId)]).toEqual([2, { accepted: 4, queued: 2 }]);
  });
});

describe('G3 · quiet hours where the clock changes at night', () => {
  it.each([
    ['put forward', '2027-03-14T03:00:00Z', '2027-03-14T13:00:00.000Z'],
    ['put back', '2027-11-07T03:00:00Z', '2027-11-07T14:00:00.000Z'],
  ])('open at nine by the clock that was %s', async (_, night, morning) => {
    const f = await dispatchFixture(ports(), 2);
    await inZones(f, ['America/New_York']);
    await setClock(night);
    const runId = await launch(f, ['email'], { hours: { email: hours() } });
    expect((await sendAll(f, runId)).nextAt).toBe(morning);
    await setClock(new Date(Date.parse(morning) - 2_000).toISOString());
    await sendAll(f, runId);
    expect(await attempts(runId)).toBe(0);
    await setClock(morning);
    expect((await sendAll(f, runId)).status).toBe('completed');
  });
});
