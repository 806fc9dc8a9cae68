import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FaultyBench, openFaultyBench } from '@/lib/channels/testing/faulty-provider';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { freezeAudienceChunk } from '@/lib/features/audience/freeze-audience';
import { createCampaign } from '@/lib/features/campaigns/create-campaign';
import { launchCampaign } from '@/lib/features/campaigns/launch-campaign';
import { claimBatch, loadBatch } from '@/lib/features/deliveries/claim-batch';
import { closeCancelledChunk } from '@/lib/features/deliveries/close-cancelled';
import { openIntent } from '@/lib/features/deliveries/open-intent';
import { queueDeliveriesChunk } from '@/lib/features/deliveries/queue-deliveries';
import { resolveWithEvidence } from '@/lib/features/deliveries/resolve-doubt';
import { settleBatch } from '@/lib/features/deliveries/settle-batch';
import { advanceRun } from '@/lib/features/runs/advance-run';
import { cancelRun } from '@/lib/features/runs/cancel-run';
import { pauseRun, resumeRun } from '@/lib/features/runs/change-run';
import { loadRun } from '@/lib/features/runs/load-run';
import { runProgress } from '@/lib/features/runs/run-progress';
import { sweepRuns } from '@/lib/features/runs/sweep-runs';
import {
  closeTestChannels,
  type DispatchFixture,
  dispatchFixture,
  draftOf,
  launchAndQueue,
  sendAll,
} from '@/lib/features/testing/dispatch-fixture';

let database: TestDatabase;
let bench: FaultyBench;

beforeAll(async () => {
  database = await testDatabase();
  await openPoolAt(database.url);
  bench = await openFaultyBench({ plan: { latencyMs: [1, 4] } });
});

afterAll(async () => {
  await closeTestChannels();
  await closePool();
  await bench.close();
  await database.drop();
});

const fixture = (count: number, email?: (n: number) => string) =>
  dispatchFixture({ smtpPort: bench.provider.smtpPort, smsUrl: bench.baseUrl }, count, email);

/** How often the provider took a message for each address. */
function arrivals(suffix: string): Map<string, number> {
  const times = new Map<string, number>();
  for (const { to } of bench.ledger()) if (to.endsWith(suffix)) times.set(to, (times.get(to) ?? 0) + 1);
  return times;
}

/** The first batch with its first messages on the wire of a worker that never answers; its lease is over. */
async function dieWithOnWire(f: DispatchFixture, runId: string, onWire: number) {
  await advanceRun(f.ctx.workspaceId, runId);
  const batch = await claimBatch(runId, 'wrk_dead');
  if (!batch) throw new Error('nothing to claim');
  const members = (await loadBatch(batch)).deliveries.slice(0, onWire);
  const intent = await openIntent(batch, {
    channel: 'email',
    worker: 'wrk_dead',
    providerAccountId: f.emailAccountId,
    idempotencyKey: 'k',
    payloadSha256: null,
    members: members.map(({ id, contactId, email }) => ({ deliveryId: id, contactId, address: email ?? '' })),
  });
  return { batch, members, intent };
}

describe('pausing', () => {
  it('twenty times while it sends reaches everybody exactly once', async () => {
    const f = await fixture(400, (n) => `p${n}@twenty.example`);
    const runId = await launchAndQueue(f, draftOf(f, ['email', 'record'], { policy: { waveSize: 100 } }));
    let pauses = 0;
    const sending = sendAll(f, runId);
    let report = await Promise.race([sending, new Promise<null>((resolve) => setTimeout(resolve, 20, null))]);
    while (pauses < 20) {
      await pauseRun(f.ctx, runId);
      pauses++;
      report = await sendAll(f, runId);
      expect(report.status).toBe('paused');
      const before = bench.ledger().length;
      await resumeRun(f.ctx, runId);
      const going = sendAll(f, runId);
      while (bench.ledger().length < before + 5 && arrivals('@twenty.example').size < 395)
        await new Promise(setImmediate);
      void going;
      if (arrivals('@twenty.example').size >= 395) break;
    }
    await sending;
    while ((await sendAll(f, runId)).status === 'sending') await new Promise(setImmediate);
    const progress = await runProgress(f.ctx, runId);
    expect(progress).toMatchObject({ status: 'completed', balanced: true });
    expect(progress.steps.map((step) => step.counts.accepted)).toEqual([400, 400]);
    const times = arrivals('@twenty.example');
    expect([times.size, Math.max(...times.values())]).toEqual([400, 1]);
    expect(pauses).toBe(20);
  }, 90_000);

  it('while the audience is queued keeps the place, and going on makes nobody’s delivery twice', async () => {
    const f = await fixture(30);
    const { id } = await createCampaign(f.ctx, { name: 'Paused', draft: draftOf(f, ['email']) });
    const { runId } = await launchCampaign(f.ctx, { campaignId: id });
    await freezeAudienceChunk(f.ctx, await loadRun(f.ctx, runId));
    await pauseRun(f.ctx, runId, 'Wait for legal.');
    expect(await freezeAudienceChunk(f.ctx, await loadRun(f.ctx, runId))).toMatchObject({ done: true });
    expect(await queueDeliveriesChunk(f.ctx, await loadRun(f.ctx, runId))).toEqual({ done: true, queued: 0 });
    expect(await runProgress(f.ctx, runId)).toMatchObject({ status: 'paused', statusReason: 'Wait for legal.' });
    await resumeRun(f.ctx, runId);
    await pool()`update runs set last_progress_at = now() - interval '1 minute' where id = ${runId}`;
    expect((await sweepRuns()).launch).toContainEqual({ workspaceId: f.ctx.workspaceId, runId });
    while (!(await freezeAudienceChunk(f.ctx, await loadRun(f.ctx, runId))).done);
    while (!(await queueDeliveriesChunk(f.ctx, await loadRun(f.ctx, runId))).done);
    const [row] =
      await pool()`select count(*)::int as n, count(distinct contact_id)::int as people from deliveries where run_id = ${runId}`;
    expect(row).toEqual({ n: 30, people: 30 });
  });
});

describe('cancelling', () => {
  it('while the audience is frozen ends the run with nothing owed', async () => {
    const f = await fixture(10);
    const { id } = await createCampaign(f.ctx, { name: 'Cancelled', draft: draftOf(f, ['email']) });
    const { runId } = await launchCampaign(f.ctx, { campaignId: id });
    await freezeAudienceChunk(f.ctx, await loadRun(f.ctx, runId));
    await cancelRun(f.ctx, runId);
    expect(await freezeAudienceChunk(f.ctx, await loadRun(f.ctx, runId))).toMatchObject({ done: true });
    expect(await closeCancelledChunk(f.ctx.workspaceId, runId)).toBe('done');
    expect((await sweepRuns()).close).not.toContainEqual({ workspaceId: f.ctx.workspaceId, runId });
  });

  it('between freezing and queuing gives every step of everybody its cancelled row', async () => {
    const f = await fixture(10);
    const { id } = await createCampaign(f.ctx, { name: 'Cancelled', draft: draftOf(f, ['email', 'record']) });
    const { runId } = await launchCampaign(f.ctx, { campaignId: id });
    while (!(await freezeAudienceChunk(f.ctx, await loadRun(f.ctx, runId))).done);
    await cancelRun(f.ctx, runId);
    expect(await queueDeliveriesChunk(f.ctx, await loadRun(f.ctx, runId))).toEqual({ done: true, queued: 0 });
    expect((await sweepRuns()).close).toContainEqual({ workspaceId: f.ctx.workspaceId, runId });
    expect(await closeCancelledChunk(f.ctx.workspaceId, runId)).toBe('done');
    const progress = await runProgress(f.ctx, runId);
    expect(progress.steps.map(({ counts }) => [counts.cancelled, counts.waiting])).toEqual([
      [10, 0],
      [10, 0],
    ]);
  });

  it('leaves what a living worker has on the wire to its answer, and closes the rest afterwards', async () => {
    const f = await fixture(20);
    const runId = await launchAndQueue(f, draftOf(f, ['email', 'record']));
    const { batch, members, intent } = await dieWithOnWire(f, runId, 5);
    await cancelRun(f.ctx, runId);
    expect(await closeCancelledChunk(f.ctx.workspaceId, runId)).toBe('held');
    expect((await runProgress(f.ctx, runId)).steps[0]?.counts).toMatchObject({ cancelled: 0, waiting: 20 });
    const facts = { intentId: intent?.id ?? null, intentAt: new Date(), code: 'ok', text: '250 OK' };
    await settleBatch({
      run: await loadRun(f.ctx, runId),
      batch,
      worker: 'wrk_dead',
      outcomes: members.map(({ id, contactId }) => ({
        ...facts,
        state: 'accepted',
        deliveryId: id,
        contactId,
        providerMessageId: null,
      })),
      closeIntents: [intent?.id ?? ''],
    });
    await pool()`update batches set lease_until = null, lease_owner = null where id = ${batch.id}`;
    expect(await closeCancelledChunk(f.ctx.workspaceId, runId)).toBe('done');
    const progress = await runProgress(f.ctx, runId);
    expect(progress.steps.map(({ counts }) => counts)).toEqual([
      expect.objectContaining({ accepted: 5, cancelled: 15, waiting: 0 }),
      expect.objectContaining({ accepted: 0, cancelled: 20, waiting: 0 }),
    ]);
    expect(progress.waves.map((wave) => wave.status)).toEqual(['done']);
    expect((await sweepRuns()).close).not.toContainEqual({ workspaceId: f.ctx.workspaceId, runId });
  });

  it('puts what a dead worker had on the wire into doubt, which evidence still resolves', async () => {
    const f = await fixture(20);
    const runId = await launchAndQueue(f, draftOf(f, ['email', 'record']));
    const { batch, members } = await dieWithOnWire(f, runId, 5);
    await pool()`update batches set lease_until = now() - interval '1 second' where id = ${batch.id}`;
    await cancelRun(f.ctx, runId);
    expect(await closeCancelledChunk(f.ctx.workspaceId, runId)).toBe('done');
    expect((await runProgress(f.ctx, runId)).steps[0]?.counts).toMatchObject({ in_doubt: 5, cancelled: 15 });
    const [proved] = members;
    await pool().begin(async (sql) => {
      const tx = { sql } as Parameters<typeof resolveWithEvidence>[0];
      await resolveWithEvidence(tx, { deliveryId: proved?.id ?? '', as: 'accepted', source: 'a receipt' });
    });
    await closeCancelledChunk(f.ctx.workspaceId, runId);
    const progress = await runProgress(f.ctx, runId);
    expect(progress.steps[0]?.counts).toMatchObject({ accepted: 1, in_doubt: 4, cancelled: 15, waiting: 0 });
    expect(progress.steps[1]?.counts).toMatchObject({ skipped: 4, cancelled: 16, waiting: 0 });
  });

  it('in the middle of sending stops after what is in flight, and the books balance', async () => {
    const f = await fixture(300, (n) => `c${n}@cancelled.example`);
    const runId = await launchAndQueue(f, draftOf(f, ['email', 'record']));
    const sending = sendAll(f, runId);
    while (arrivals('@cancelled.example').size < 40) await new Promise(setImmediate);
    await cancelRun(f.ctx, runId, 'Wrong price.');
    expect((await sending).status).toBe('cancelled');
    while ((await closeCancelledChunk(f.ctx.workspaceId, runId)) !== 'done');
    const { steps, ...progress } = await runProgress(f.ctx, runId);
    expect(progress).toMatchObject({ status: 'cancelled', statusReason: 'Wrong price.', balanced: true });
    const [messages] = steps;
    expect(messages?.counts).toMatchObject({ accepted: arrivals('@cancelled.example').size, waiting: 0, in_doubt: 0 });
    expect(messages?.counts.accepted).toBeLessThan(300);
  });
});

describe('the time that the policy gives a run’s messages', () => {
  it('being over, what was not attempted expires and is never sent; what was sent is still recorded', async () => {
    const f = await fixture(40, (n) => `e${n}@expired.example`);
    const draft = draftOf(f, ['email', 'record'], { policy: { expireAfterMs: 3_600_000, waveSize: 25 } });
    const runId = await launchAndQueue(f, draft);
    const { batch, members, intent } = await dieWithOnWire(f, runId, 1);
    const [sent] = members;
    if (!sent) throw new Error('nobody');
    const facts = { intentId: intent?.id ?? null, intentAt: new Date(), code: 'ok', text: '250 OK' };
    await settleBatch({
      run: await loadRun(f.ctx, runId),
      batch,
      worker: 'wrk_dead',
      outcomes: [
        { ...facts, state: 'accepted', deliveryId: sent.id, contactId: sent.contactId, providerMessageId: null },
      ],
      closeIntents: [intent?.id ?? ''],
    });
    await pool()`update batches set lease_until = null where id = ${batch.id}`;
    await pool()`update runs set started_at = now() - interval '2 hours' where id = ${runId}`;
    expect((await sendAll(f, runId)).status).toBe('completed');
    const { steps, balanced } = await runProgress(f.ctx, runId);
    expect(balanced).toBe(true);
    expect(steps.map(({ counts }) => counts)).toEqual([
      expect.objectContaining({ accepted: 1, expired: 39, waiting: 0 }),
      expect.objectContaining({ accepted: 1, skipped: 39, waiting: 0 }),
    ]);
    expect(arrivals('@expired.example').size).toBe(0);
  });
});
