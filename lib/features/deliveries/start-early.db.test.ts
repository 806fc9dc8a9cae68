import { describe, expect, it } from 'vitest';
import { pool, withSystemTx } from '@/lib/db/client';
import { freezeAudienceChunk } from '@/lib/features/audience/freeze-audience';
import { createCampaign } from '@/lib/features/campaigns/create-campaign';
import { launchCampaign } from '@/lib/features/campaigns/launch-campaign';
import { closeCancelledChunk } from '@/lib/features/deliveries/close-cancelled';
import { queueDeliveriesChunk, startEarly } from '@/lib/features/deliveries/queue-deliveries';
import { cancelRun } from '@/lib/features/runs/cancel-run';
import { pauseRun, releaseNextWave, resumeRun } from '@/lib/features/runs/change-run';
import { failQueuing } from '@/lib/features/runs/fail-queuing';
import { loadRun } from '@/lib/features/runs/load-run';
import { runProgress } from '@/lib/features/runs/run-progress';
import { sweepRuns } from '@/lib/features/runs/sweep-runs';
import { captureForTests } from '@/lib/features/testing/capture-for-tests';
import {
  type DispatchFixture,
  dispatchFixture,
  draftOf,
  type StepKind,
  sendAll,
} from '@/lib/features/testing/dispatch-fixture';

const ports = captureForTests();

/** A run of forty of which ten are frozen and begun. */
async function begun(f: DispatchFixture, kinds: StepKind[], policy: { waveSize?: number; waveGate?: 'manual' } = {}) {
  const { id } = await createCampaign(f.ctx, { name: 'Large', draft: draftOf(f, kinds, { policy }) });
  const { runId } = await launchCampaign(f.ctx, { campaignId: id });
  expect(await freezeAudienceChunk(f.ctx, await loadRun(f.ctx, runId), { size: 10, lanes: 1 })).toMatchObject({
    mayStart: true,
  });
  expect(await startEarly(f.ctx, await loadRun(f.ctx, runId))).toBe(true);
  return runId;
}

async function queueRest(f: DispatchFixture, runId: string): Promise<void> {
  while (!(await freezeAudienceChunk(f.ctx, await loadRun(f.ctx, runId), { size: 7 })).done);
  while (!(await queueDeliveriesChunk(f.ctx, await loadRun(f.ctx, runId))).done);
}

const accepted = async (f: DispatchFixture, runId: string) =>
  (await runProgress(f.ctx, runId)).steps.map(({ counts }) => counts.accepted);
const mayNot = async (work: Promise<unknown>) => expect(work).rejects.toThrow('No wave is waiting');

describe('a large audience', () => {
  it('is begun to be sent to before everybody is in, and nobody is lost or told twice', async () => {
    const f = await dispatchFixture(ports(), 40, (n) =>
      n <= 20 ? `early${n}@large.example` : `late${n}@large.example`,
    );
    // contacts of later chunks with the email, and the phone, of one that is sent to early
    await pool()`
      update contacts set email = 'early1@large.example' where workspace_id = ${f.ctx.workspaceId} and external_id in ('X1', 'X39')`;
    await pool()`
      update contacts set phone = '+6590000001' where workspace_id = ${f.ctx.workspaceId} and external_id in ('X2', 'X38')`;
    const runId = await begun(f, ['email', 'sms', 'record']);
    expect(await startEarly(f.ctx, await loadRun(f.ctx, runId))).toBe(false);
    await sendAll(f, runId);
    expect(await accepted(f, runId)).toEqual([10, 10, 10]);
    expect(await runProgress(f.ctx, runId)).toMatchObject({
      status: 'sending',
      audience: 10,
      listTotal: 10,
      balanced: true,
      queuing: { members: 10 },
      etaSeconds: null,
    });
    await queueRest(f, runId);
    expect((await sendAll(f, runId)).status).toBe('completed');
    const progress = await runProgress(f.ctx, runId);
    expect(progress).toMatchObject({
      audience: 39,
      listTotal: 40,
      balanced: true,
      queuing: null,
      excluded: [{ reason: 'duplicate_address', n: 1 }],
    });
    expect(progress.steps.map(({ counts }) => [counts.accepted, counts.skipped])).toEqual([
      [39, 0],
      [38, 1],
      [38, 1],
    ]);
    const [row] = await pool()`
      select count(*)::int as n, count(distinct email)::int as addresses from deliveries d
      join run_members m using (workspace_id, run_id, contact_id) where run_id = ${runId} and step = 0 and state = 'accepted'`;
    expect(row).toEqual({ n: 39, addresses: 39 });
  });

  it('keeps its later waves, and the end of its first, until everybody is in', async () => {
    const f = await dispatchFixture(ports(), 40);
    const runId = await begun(f, ['email'], { waveSize: 8, waveGate: 'manual' });
    await sendAll(f, runId);
    expect(await accepted(f, runId)).toEqual([8]);
    await mayNot(releaseNextWave(f.ctx, runId));
    await queueRest(f, runId);
    await sendAll(f, runId);
    expect((await runProgress(f.ctx, runId)).waves.map(({ size, status }) => [size, status])).toEqual([
      [8, 'done'],
      [8, 'held'],
      [8, 'held'],
      [8, 'held'],
      [8, 'held'],
    ]);
    for (const wave of [2, 3, 4, 5]) {
      expect(await releaseNextWave(f.ctx, runId)).toEqual({ wave });
      await sendAll(f, runId);
    }
    expect(await runProgress(f.ctx, runId)).toMatchObject({ status: 'completed', audience: 40, balanced: true });
  });

  it('without waves goes to those who follow as they are queued', async () => {
    const f = await dispatchFixture(ports(), 40);
    const runId = await begun(f, ['email']);
    await sendAll(f, runId);
    while (!(await freezeAudienceChunk(f.ctx, await loadRun(f.ctx, runId))).done);
    expect(await queueDeliveriesChunk(f.ctx, await loadRun(f.ctx, runId))).toEqual({ done: false, queued: 40 });
    await sendAll(f, runId);
    expect(await accepted(f, runId)).toEqual([40]);
    expect(await runProgress(f.ctx, runId)).toMatchObject({ status: 'sending' });
    expect(await queueDeliveriesChunk(f.ctx, await loadRun(f.ctx, runId))).toEqual({ done: true, queued: 40 });
    expect((await sendAll(f, runId)).status).toBe('completed');
  });

  it('can be paused meanwhile, and the sweep takes both up again', async () => {
    const f = await dispatchFixture(ports(), 40);
    const runId = await begun(f, ['email']);
    await pauseRun(f.ctx, runId);
    expect(await freezeAudienceChunk(f.ctx, await loadRun(f.ctx, runId))).toMatchObject({ done: true });
    await resumeRun(f.ctx, runId);
    await pool()`update runs set last_progress_at = now() - interval '1 minute' where id = ${runId}`;
    const swept = await sweepRuns();
    expect(swept.launch).toContainEqual({ workspaceId: f.ctx.workspaceId, runId });
    expect(swept.wake).toContainEqual({ workspaceId: f.ctx.workspaceId, runId });
    await queueRest(f, runId);
    expect((await sendAll(f, runId)).status).toBe('completed');
    expect(await accepted(f, runId)).toEqual([40]);
  });

  it('that is paused while its first people are being queued has none of them queued, and goes on later', async () => {
    const f = await dispatchFixture(ports(), 40);
    const { id } = await createCampaign(f.ctx, { name: 'Large', draft: draftOf(f, ['email']) });
    const { runId } = await launchCampaign(f.ctx, { campaignId: id });
    await freezeAudienceChunk(f.ctx, await loadRun(f.ctx, runId), { size: 10, lanes: 1 });
    const run = await loadRun(f.ctx, runId);
    const starting = await withSystemTx(async ({ sql }) => {
      await sql`update runs set status = 'paused', resume_status = 'queuing', status_reason = 'Wait.' where id = ${runId}`;
      const started = startEarly(f.ctx, run);
      // it has begun when it waits for the run that is being paused here
      for (let waiting = 0; waiting === 0; ) {
        const [row] = await pool()<{ n: number }[]>`
          select count(*)::int as n from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
        waiting = row?.n ?? 0;
      }
      return { started };
    });
    expect(await starting.started).toBe(false);
    expect(await pool()`select 1 from deliveries where run_id = ${runId}`).toHaveLength(0);
    await resumeRun(f.ctx, runId);
    await queueRest(f, runId);
    expect((await sendAll(f, runId)).status).toBe('completed');
    expect(await accepted(f, runId)).toEqual([40]);
  });

  it('whose rest cannot be queued waits for a person with the reason, and goes on', async () => {
    const f = await dispatchFixture(ports(), 40);
    const runId = await begun(f, ['email']);
    await failQueuing(f.ctx.workspaceId, runId, 'the disk is full');
    expect(await runProgress(f.ctx, runId)).toMatchObject({
      status: 'paused',
      statusReason:
        'The rest of the audience could not be queued: the disk is full. Resume the run to go on where it stopped.',
    });
    await resumeRun(f.ctx, runId);
    await queueRest(f, runId);
    expect((await sendAll(f, runId)).status).toBe('completed');
    expect(await accepted(f, runId)).toEqual([40]);
  });

  it('can be cancelled meanwhile: what is on nobody’s way is cancelled, and the books balance', async () => {
    const f = await dispatchFixture(ports(), 40);
    const runId = await begun(f, ['email', 'record'], { waveSize: 8 });
    await sendAll(f, runId);
    await freezeAudienceChunk(f.ctx, await loadRun(f.ctx, runId), { size: 10, lanes: 1 });
    await cancelRun(f.ctx, runId);
    expect(await freezeAudienceChunk(f.ctx, await loadRun(f.ctx, runId))).toMatchObject({ done: true });
    expect(await closeCancelledChunk(f.ctx.workspaceId, runId)).toBe('done');
    const progress = await runProgress(f.ctx, runId);
    expect(progress).toMatchObject({ status: 'cancelled', audience: 20, balanced: true });
    expect(progress.steps.map(({ counts }) => [counts.accepted, counts.cancelled, counts.waiting])).toEqual([
      [8, 12, 0],
      [8, 12, 0],
    ]);
    expect(progress.waves.map(({ size, counts }) => [size, counts.waiting])).toEqual([
      [8, 0],
      [8, 0],
      [4, 0],
    ]);
  });
});
