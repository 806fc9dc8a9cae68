import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { launchCampaign } from '@/lib/features/campaigns/launch-campaign';
import { claimBatch, loadBatch } from '@/lib/features/deliveries/claim-batch';
import { openIntent } from '@/lib/features/deliveries/open-intent';
import type { Outcome } from '@/lib/features/deliveries/outcome';
import { settleBatch } from '@/lib/features/deliveries/settle-batch';
import { advanceRun } from '@/lib/features/runs/advance-run';
import { loadRun } from '@/lib/features/runs/load-run';
import { runProgress } from '@/lib/features/runs/run-progress';
import { type FaultyDispatch, faultyDispatch } from '@/lib/features/testing/faulty-dispatch';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
  await openPoolAt(database.url);
});

afterAll(async () => {
  await closePool();
  await database.drop();
});

/** A worker that leased a batch and, if asked, committed to sending its first messages; then it was lost. */
async function lostWorker(d: FaultyDispatch, onWire: number) {
  await advanceRun(d.f.ctx.workspaceId, d.runId);
  const batch = await claimBatch(d.runId, 'wrk_lost');
  if (!batch) throw new Error('nothing to claim');
  const members = (await loadBatch(batch)).deliveries.slice(0, onWire);
  const asked = members.map(({ id, contactId, email }) => ({ deliveryId: id, contactId, address: email ?? '' }));
  const intent =
    onWire > 0
      ? await openIntent(batch, {
          channel: 'email',
          worker: 'wrk_lost',
          providerAccountId: d.accountId,
          idempotencyKey: `${d.runId}:lost`,
          payloadSha256: null,
          members: asked,
        })
      : null;
  await pool()`update batches set lease_until = now() - interval '1 second' where id = ${batch.id}`;
  const run = await loadRun(d.f.ctx, d.runId);
  const say = (outcomes: Outcome[]) =>
    settleBatch({ run, batch, worker: 'wrk_lost', outcomes, closeIntents: intent ? [intent.id] : [] });
  return { members, say };
}

describe('A · processes', () => {
  it('A1: a worker lost before it committed to sending costs nothing: sent once, nothing in doubt', async () => {
    const d = await faultyDispatch('smtp', {});
    await lostWorker(d, 0);
    expect(await d.finish()).toBe('completed');
    expect([await d.counts(), d.mostArrivals()]).toEqual([{ accepted: 10 }, 1]);
  });

  it('A2: a worker lost after it committed leaves that group in doubt where the provider knows no keys', async () => {
    const d = await faultyDispatch('smtp', {});
    await lostWorker(d, 3);
    expect(await d.finish()).toBe('completed');
    expect([await d.counts(), d.arrived()]).toEqual([{ accepted: 7, in_doubt: 3 }, 7]);
  });

  it('A2: and is replayed under the same key where it does', async () => {
    const d = await faultyDispatch('resend', {});
    await lostWorker(d, 5);
    expect(await d.finish()).toBe('completed');
    expect([await d.counts(), d.mostArrivals(), d.arrived()]).toEqual([{ accepted: 10 }, 1, 10]);
    const keys = new Set(d.bench.ledger().map((line) => (line as { idempotencyKey?: string }).idempotencyKey));
    expect(keys).toContain(`${d.runId}:lost`);
  });

  it('A6: a stopped worker that comes back proves acceptance, and its failures are nobody’s business any more', async () => {
    const d = await faultyDispatch('smtp', {});
    const { members, say } = await lostWorker(d, 2);
    expect(await d.finish()).toBe('completed');
    const [sent, refused] = members;
    if (!sent || !refused) throw new Error('nobody');
    const facts = { intentId: null, intentAt: new Date(), code: '250', text: 'said late' };
    const who = ({ id, contactId }: typeof sent) => ({ deliveryId: id, contactId });
    await say([
      { ...facts, ...who(sent), state: 'accepted', providerMessageId: 'late' },
      { ...facts, ...who(refused), state: 'failed', errorClass: 'recipient', attempted: true },
    ]);
    expect(await d.counts()).toEqual({ accepted: 9, in_doubt: 1 });
    expect((await runProgress(d.f.ctx, d.runId)).balanced).toBe(true);
  });

  it('A9: the same launch delivered five times at once is one run', async () => {
    const d = await faultyDispatch('smtp', {}, 1);
    const [row] = await pool()<{ id: string }[]>`select campaign_id as id from runs where id = ${d.runId}`;
    const again = Array.from({ length: 5 }, () => launchCampaign(d.f.ctx, { campaignId: row?.id ?? '' }));
    expect((await Promise.all(again)).map(({ runId, already }) => [runId, already])).toEqual(
      Array.from({ length: 5 }, () => [d.runId, true]),
    );
  });

  it('A9: two workers on one run send nothing twice', async () => {
    const d = await faultyDispatch('smtp', { latencyMs: [1, 5] }, 60, { policy: { waveSize: 10 } });
    await Promise.all([d.finish(), d.finish(), d.finish()]);
    expect([await d.counts(), d.mostArrivals()]).toEqual([{ accepted: 60 }, 1]);
  });
});

it('a doubt of a worker that lost its batch leaves its intent open: whoever has the batch puts those in doubt, and sends none again', async () => {
  const d = await faultyDispatch('smtp', {});
  const { members, say } = await lostWorker(d, 4);
  // another takes the batch over, and reads what is open only after the late worker has spoken
  const taken = await claimBatch(d.runId, 'wrk_next');
  const [intent] = await pool()<
    { id: string; at: Date }[]
  >`select id, intent_at as at from intents where run_id = ${d.runId}`;
  await say(
    members.map(({ id, contactId }) => ({
      state: 'in_doubt' as const,
      deliveryId: id,
      contactId,
      intentId: intent?.id ?? '',
      intentAt: intent?.at ?? new Date(),
      code: 'connection_lost',
      text: 'lost after the final dot',
    })),
  );
  expect(taken && (await loadBatch(taken)).open.map(({ deliveryIds }) => deliveryIds.length)).toEqual([4]);
  await pool()`update batches set lease_until = now() - interval '1 second' where run_id = ${d.runId}`;
  expect(await d.finish()).toBe('completed');
  expect([await d.counts(), d.arrived()]).toEqual([{ accepted: 6, in_doubt: 4 }, 6]);
});

describe('B · the database', () => {
  it('B2: an intent that did not commit sends nothing', async () => {
    const d = await faultyDispatch('smtp', {});
    const { members } = await lostWorker(d, 0);
    const batch = await claimBatch(d.runId, 'wrk_other');
    expect(batch).not.toBeNull();
    const stale = batch && { ...batch, fence: batch.fence - 1 };
    const granted =
      stale &&
      (await openIntent(stale, {
        channel: 'email',
        worker: 'wrk_lost',
        providerAccountId: d.accountId,
        idempotencyKey: 'stale',
        payloadSha256: null,
        members: members.map(({ id, contactId }) => ({ deliveryId: id, contactId, address: 'a@example.com' })),
      }));
    expect(granted).toBeNull();
    expect(d.arrived()).toBe(0);
  });
});
