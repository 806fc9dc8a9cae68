import { describe, expect, it } from 'vitest';
import { pool, withSystemTx } from '@/lib/db/client';
import { sharedAddresses } from '@/lib/features/deliveries/claim-addresses';
import { claimBatch, loadBatch } from '@/lib/features/deliveries/claim-batch';
import { decideDoubt } from '@/lib/features/deliveries/decide-doubt';
import { openIntent } from '@/lib/features/deliveries/open-intent';
import { resolveWithEvidence } from '@/lib/features/deliveries/resolve-doubt';
import { settleBatch } from '@/lib/features/deliveries/settle-batch';
import { cancelRun } from '@/lib/features/runs/cancel-run';
import { releaseNextWave } from '@/lib/features/runs/change-run';
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

const ports = captureForTests([{ match: '*@gone.example', reply: '550 5.1.1 No such user' }]);
const sentTexts = async (): Promise<number> => (await fetch(`${ports().smsUrl}/stats`).then((r) => r.json())).sms ?? 0;

/** As if the second had passed after which the message of another is asked about again. */
const askAgainNow = (runId: string) =>
  pool()`update batches set not_before = now() where run_id = ${runId} and state = 'ready' and not_before > now()`;

const reached = async (runId: string) => {
  const rows = await pool()<{ who: string; state: string; why: string | null }[]>`
    select c.external_id as who, d.state, d.skip_reason as why from deliveries d join contacts c on c.id = d.contact_id
    where d.run_id = ${runId} and d.step = 1 order by 1`;
  return rows.map(({ who, state, why }) => [who, state, why]);
};

describe('two contacts with one phone in a flow of email, then SMS', () => {
  it('get their emails, and the phone one SMS, also with several workers and small waves', async () => {
    const f = await dispatchFixture(ports(), 30);
    // ten pairs, and ten with a phone of their own
    await pool()`update contacts set phone = '+6590000' || lpad((substr(external_id, 2)::int % 10)::text, 3, '0')
      where workspace_id = ${f.ctx.workspaceId} and substr(external_id, 2)::int <= 20`;
    const before = await sentTexts();
    const runId = await launchAndQueue(f, draftOf(f, ['email', 'sms', 'record'], { policy: { waveSize: 7 } }));
    for (let n = 0; n < 20; n++) {
      const reports = await Promise.all(['wrk_a', 'wrk_b', 'wrk_c'].map((worker) => sendAll(f, runId, worker)));
      if (reports.some(({ status }) => status === 'completed')) break;
      await askAgainNow(runId);
    }
    const progress = await runProgress(f.ctx, runId);
    expect(progress.steps.map(({ counts }) => [counts.accepted, counts.skipped ?? 0])).toEqual([
      [30, 0],
      [20, 10],
      [20, 10],
    ]);
    expect(progress.balanced).toBe(true);
    expect((await sentTexts()) - before).toBe(20);
    const reasons = await pool()`
      select distinct step, skip_reason from deliveries where run_id = ${runId} and state = 'skipped' order by 1`;
    expect(reasons.map(({ step, skip_reason }) => [step, skip_reason])).toEqual([
      [1, 'duplicate_address'],
      [2, 'previous_step_skipped'],
    ]);
  });

  it('is sent to the second where the first does not get that far', async () => {
    const f = await dispatchFixture(ports(), 2, (n) => (n === 1 ? 'x1@gone.example' : 'x2@example.com'));
    await pool()`update contacts set phone = '+6591111111' where workspace_id = ${f.ctx.workspaceId}`;
    const runId = await launchAndQueue(f, draftOf(f, ['email', 'sms']));
    expect((await sendAll(f, runId)).status).toBe('completed');
    const rows = await pool()`
      select state from deliveries where run_id = ${runId} and step = 1 order by contact_id`;
    expect(rows.map(({ state }) => state).sort()).toEqual(['accepted', 'skipped']);
    expect((await runProgress(f.ctx, runId)).steps[1]?.counts.accepted).toBe(1);
  });

  it('is sent to the one who may be written to', async () => {
    const f = await dispatchFixture(ports(), 2);
    await pool()`update contacts set phone = '+6592222222', sms_opted_out_at = case external_id when 'X1' then now() end
      where workspace_id = ${f.ctx.workspaceId}`;
    const runId = await launchAndQueue(f, draftOf(f, ['email', 'sms']));
    await sendAll(f, runId);
    expect(await reached(runId)).toEqual([
      ['X1', 'skipped', 'duplicate_address'],
      ['X2', 'accepted', null],
    ]);
  });

  it('is sent to the next one when the first opts out after it was chosen, in the same batch and in a later one', async () => {
    const f = await dispatchFixture(ports(), 4);
    await pool()`update contacts set phone = '+659333' || (substr(external_id, 2)::int % 2) || '333'
      where workspace_id = ${f.ctx.workspaceId}`;
    // whoever is chosen first for an address changes their mind before the message leaves
    await pool().unsafe(`
      create function opt_out_chosen() returns trigger language plpgsql as $$ begin
        update contacts set sms_opted_out_at = now() where id = (select contact_id from deliveries where id = new.delivery_id);
        return null;
      end $$;
      create trigger opt_out_chosen after insert on run_addresses for each row when (new.step = 1) execute function opt_out_chosen();`);
    const before = await sentTexts();
    for (const policy of [{}, { waveSize: 1 }]) {
      await pool()`update contacts set sms_opted_out_at = null where workspace_id = ${f.ctx.workspaceId}`;
      const runId = await launchAndQueue(f, draftOf(f, ['email', 'sms'], { policy }));
      for (let n = 0; n < 20; n++) {
        if ((await sendAll(f, runId)).status === 'completed') break;
        await askAgainNow(runId);
      }
      const rows = await reached(runId);
      expect(rows.filter(([, state]) => state === 'accepted')).toHaveLength(2);
      expect(rows.filter(([, , why]) => why === 'global_opt_out')).toHaveLength(2);
      expect((await runProgress(f.ctx, runId)).balanced).toBe(true);
    }
    expect((await sentTexts()) - before).toBe(4);
    await pool()`drop trigger opt_out_chosen on run_addresses`;
  });

  it('waits, without being asked again and again, while the one who was chosen is put off', async () => {
    const f = await dispatchFixture(ports(), 2);
    await pool()`update contacts set phone = '+6594444444' where workspace_id = ${f.ctx.workspaceId}`;
    const runId = await launchAndQueue(
      f,
      draftOf(f, ['email', 'sms'], { policy: { waveSize: 1, waveGate: 'manual' } }),
    );
    const account = (retryAt: string) =>
      pool()`update provider_accounts set breaker_retry_at = ${retryAt} where id = ${f.smsAccountId}`;
    await account('2100-01-01');
    await sendAll(f, runId);
    // the text of the first was chosen for the number, and is tried again in an hour
    const [chosen] = await pool()<{ id: string }[]>`
      with a as (insert into run_addresses (workspace_id, run_id, step, address_hash, delivery_id)
        select workspace_id, run_id, 1, hashtextextended('+6594444444', 0), id from deliveries where run_id = ${runId} and step = 1)
      update batches b set not_before = now() + interval '1 hour' from deliveries d
      where d.run_id = ${runId} and d.step = 1 and b.id = d.batch_id returning d.id`;
    await account('2000-01-01');
    await releaseNextWave(f.ctx, runId);
    const { nextAt } = await sendAll(f, runId);
    expect(Date.parse(nextAt ?? '') - Date.now()).toBeGreaterThan(3_000_000);
    expect((await reached(runId)).map(([, state]) => state)).toEqual(['queued', 'queued']);
    const waits = await pool()`
      select d.id = ${chosen?.id ?? ''}::bigint as first, b.not_before > now() + interval '59 minutes' as later
      from deliveries d join batches b on b.id = d.batch_id where d.run_id = ${runId} and d.step = 1 order by b.not_before`;
    expect(waits).toEqual([
      { first: true, later: true },
      { first: false, later: true },
    ]);
    for (let n = 0; n < 10 && (await sendAll(f, runId)).status !== 'completed'; n++) await askAgainNow(runId);
    expect((await reached(runId)).map(([, state, why]) => [state, why]).sort()).toEqual([
      ['accepted', null],
      ['skipped', 'duplicate_address'],
    ]);
  });

  it('asks nothing more where nobody shares one', async () => {
    const f = await dispatchFixture(ports(), 5);
    const runId = await launchAndQueue(f, draftOf(f, ['email', 'sms']));
    await sendAll(f, runId);
    const [row] = await pool()`select count(*)::int as n from run_addresses where run_id = ${runId}`;
    expect(row?.n).toBe(0);
    expect((await runProgress(f.ctx, runId)).steps[1]?.counts.accepted).toBe(5);
  });
});

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

const outcomes = async (runId: string) => (await reached(runId)).map(([, state, why]) => why ?? state);

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
