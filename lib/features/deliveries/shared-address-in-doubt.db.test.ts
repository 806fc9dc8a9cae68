import { describe, expect, it } from 'vitest';
import { pool, withSystemTx } from '@/lib/db/client';
import { sharedAddresses } from '@/lib/features/deliveries/claim-addresses';
import { claimBatch, loadBatch } from '@/lib/features/deliveries/claim-batch';
import { decideDoubt } from '@/lib/features/deliveries/decide-doubt';
import { openIntent } from '@/lib/features/deliveries/open-intent';
import { resolveWithEvidence } from '@/lib/features/deliveries/resolve-doubt';
import { settleBatch } from '@/lib/features/deliveries/settle-batch';
import { cancelRun } from '@/lib/features/runs/cancel-run';
import { loadRun } from '@/lib/features/runs/load-run';
import { runProgress } from '@/lib/features/runs/run-progress';
import { captureForTests } from '@/lib/features/testing/capture-for-tests';
import {
  type DispatchFixture,
  dispatchFixture,
  draftOf,
  launchAndQueue,
  sendAll,
} from '@/lib/features/testing/dispatch-fixture';

const ports = captureForTests();
const sentTexts = async (): Promise<number> => (await fetch(`${ports().smsUrl}/stats`).then((r) => r.json())).sms ?? 0;

/** As if the second had passed after which the message of another is asked about again. */
const askAgainNow = (runId: string) =>
  pool()`update batches set not_before = now() where run_id = ${runId} and state = 'ready' and not_before > now()`;

/** What became of the texts: the reason of one that was skipped, the state of the others. */
const outcomes = async (runId: string) => {
  const rows = await pool()<{ what: string }[]>`
    select coalesce(skip_reason, state::text) as what from deliveries where run_id = ${runId} and step = 1`;
  return rows.map(({ what }) => what);
};

/** A run up to its texts: the emails are sent, the texts are in the queue, and nobody has them. */
async function beforeTexts(people: number, phone: string) {
  const f = await dispatchFixture(ports(), people);
  await pool()`update contacts set phone = ${phone} where workspace_id = ${f.ctx.workspaceId}`;
  const runId = await launchAndQueue(f, draftOf(f, ['email', 'sms', 'record']));
  const account = (retryAt: string) =>
    pool()`update provider_accounts set breaker_retry_at = ${retryAt} where id = ${f.smsAccountId}`;
  await account('2100-01-01');
  await sendAll(f, runId);
  await account('2000-01-01');
  return { f, runId };
}

/** Somebody took the texts, chose who gets the address, and was lost, with that one's on the wire if asked. */
async function lostWithTexts(f: DispatchFixture, runId: string, isOnWire: boolean) {
  const batch = await claimBatch(runId, 'wrk_lost');
  if (!batch) throw new Error('nothing to claim');
  const { deliveries } = await loadBatch(batch);
  const { undecided } = await sharedAddresses(batch, 'sms', deliveries);
  const chosen = deliveries.find(({ id }) => undecided.every(({ deliveryId }) => deliveryId !== id));
  if (!chosen) throw new Error('nobody was chosen');
  if (isOnWire) {
    await openIntent(batch, {
      channel: 'sms',
      worker: 'wrk_lost',
      providerAccountId: f.smsAccountId,
      idempotencyKey: `${runId}:lost`,
      payloadSha256: null,
      members: [{ deliveryId: chosen.id, contactId: chosen.contactId, address: chosen.phone ?? '' }],
    });
  }
  await pool()`update batches set lease_until = now() - interval '1 second' where id = ${batch.id}`;
  return { batch, chosen, others: deliveries.filter(({ id }) => id !== chosen.id) };
}

/** Three people with one phone: the text of the one who was chosen is in doubt, the others stood back. */
async function inDoubt(phone: string) {
  const { f, runId } = await beforeTexts(3, phone);
  const { chosen } = await lostWithTexts(f, runId, true);
  expect(await sendOn(f, runId)).toBe('completed');
  expect((await outcomes(runId)).sort()).toEqual(['duplicate_address', 'duplicate_address', 'in_doubt']);
  const evidence = (as: 'accepted' | 'failed') =>
    withSystemTx((tx) =>
      resolveWithEvidence(tx, { deliveryId: chosen.id, as, source: 'receipt', code: '30003', text: 'Unreachable' }),
    );
  return { f, runId, chosen, evidence, before: await sentTexts() };
}

async function sendOn(f: DispatchFixture, runId: string): Promise<string> {
  for (let n = 0; n < 20; n++) {
    const { status } = await sendAll(f, runId);
    if (status !== 'sending') return status;
    await askAgainNow(runId);
  }
  return 'sending';
}

describe('while the message of who was chosen for an address is in doubt', () => {
  it('the others stand back; once it is known that it was not sent the next one gets it, and the run goes on', async () => {
    const { f, runId, evidence, before } = await inDoubt('+6595555551');
    expect([await evidence('failed'), await evidence('failed')]).toEqual([true, false]);
    expect((await outcomes(runId)).sort()).toEqual(['failed', 'queued', 'queued']);
    expect((await runProgress(f.ctx, runId)).status).toBe('sending');
    expect(await sendOn(f, runId)).toBe('completed');
    expect((await outcomes(runId)).sort()).toEqual(['accepted', 'duplicate_address', 'failed']);
    expect((await sentTexts()) - before).toBe(1);
    const progress = await runProgress(f.ctx, runId);
    // who got the text goes on, too
    expect([progress.balanced, progress.steps[2]?.counts.accepted]).toEqual([true, 1]);
  });

  it('and get nothing where it was sent after all, or a person says so', async () => {
    const proven = await inDoubt('+6595555552');
    await proven.evidence('accepted');
    const assumed = await inDoubt('+6595555553');
    await decideDoubt(assumed.f.ctx, {
      runId: assumed.runId,
      deliveryIds: [assumed.chosen.id],
      decision: 'treat_as_sent',
    });
    for (const { f, runId, before } of [proven, assumed]) {
      await sendOn(f, runId);
      expect((await outcomes(runId)).sort()).toEqual(['accepted', 'duplicate_address', 'duplicate_address']);
      expect(await sentTexts()).toBe(before);
    }
  });

  it('a person has it sent again: to the same one, and to the next where that one may not be written to any more', async () => {
    for (const [phone, optsOut] of [
      ['+6595555554', false],
      ['+6595555555', true],
    ] as const) {
      const { f, runId, chosen, before } = await inDoubt(phone);
      if (optsOut) await pool()`update contacts set sms_opted_out_at = now() where id = ${chosen.contactId}`;
      await decideDoubt(f.ctx, { runId, deliveryIds: [chosen.id], decision: 'send_again' });
      expect(await sendOn(f, runId)).toBe('completed');
      expect((await sentTexts()) - before).toBe(1);
      const [own] = await pool()`select state, skip_reason as why from deliveries where resend_of = ${chosen.id}`;
      expect(own).toEqual(optsOut ? { state: 'skipped', why: 'global_opt_out' } : { state: 'accepted', why: null });
      expect((await outcomes(runId)).filter((what) => what === 'accepted')).toHaveLength(1);
      expect((await runProgress(f.ctx, runId)).balanced).toBe(true);
    }
  });

  it('nobody is written to any more when the run was cancelled meanwhile', async () => {
    const { f, runId } = await beforeTexts(2, '+6595555556');
    const { chosen } = await lostWithTexts(f, runId, true);
    await sendAll(f, runId);
    await pool()`update runs set status = 'sending', completed_at = null where id = ${runId}`;
    await cancelRun(f.ctx, runId);
    await withSystemTx((tx) =>
      resolveWithEvidence(tx, { deliveryId: chosen.id, as: 'failed', source: 'receipt', text: 'Unreachable' }),
    );
    expect((await outcomes(runId)).sort()).toEqual(['duplicate_address', 'failed']);
  });

  it('the one that it passed on to stands back again when the first was sent after all', async () => {
    const { f, runId, evidence, before } = await inDoubt('+6595555557');
    await evidence('failed');
    await evidence('accepted');
    expect(await sendOn(f, runId)).toBe('completed');
    expect((await outcomes(runId)).sort()).toEqual(['accepted', 'duplicate_address', 'duplicate_address']);
    expect(await sentTexts()).toBe(before);
  });

  it('a worker that told others to stand back just before the doubt became a failure keeps nobody from it', async () => {
    const { f, runId } = await beforeTexts(2, '+6595555558');
    const before = await sentTexts();
    const { batch, chosen, others } = await lostWithTexts(f, runId, false);
    const run = await loadRun(f.ctx, runId);
    const facts = { intentId: null, intentAt: new Date(), code: '30003', text: 'Unreachable' };
    const failed = { ...facts, deliveryId: chosen.id, contactId: chosen.contactId, attempted: true } as const;
    const stoodBack = others.map(({ id, contactId }) => ({ deliveryId: id, contactId }));
    await settleBatch({
      run,
      batch,
      worker: 'wrk_lost',
      closeIntents: [],
      outcomes: [
        { ...failed, state: 'failed', errorClass: 'recipient' },
        ...stoodBack.map((one) => ({ ...one, state: 'skipped' as const, reason: 'duplicate_address' as const })),
      ],
    });
    expect((await outcomes(runId)).sort()).toEqual(['duplicate_address', 'failed']);
    expect(await sendOn(f, runId)).toBe('completed');
    expect((await outcomes(runId)).sort()).toEqual(['accepted', 'failed']);
    expect([(await sentTexts()) - before, (await runProgress(f.ctx, runId)).balanced]).toEqual([1, true]);
  });
});
