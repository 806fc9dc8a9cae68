import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import type { OutcomeType } from '@/lib/domain/outcome';
import { foldProviderEvents, matchParkedEvents } from '@/lib/features/outcomes/fold-provider-events';
import { appendOutcomes, type IncomingOutcome, recordOutcome } from '@/lib/features/outcomes/record-outcome';
import { resolveDoubtsByEvidence } from '@/lib/features/outcomes/resolve-doubts';
import { type SentRun, sentRun } from '@/lib/features/outcomes/testing';

let database: TestDatabase;
let serial = 0;

beforeAll(async () => {
  database = await testDatabase();
  await openPoolAt(database.url);
});
afterAll(async () => {
  await closePool();
  await database.drop();
});

function event(run: SentRun, type: OutcomeType, given: Partial<IncomingOutcome> = {}): IncomingOutcome {
  return {
    workspaceId: run.workspaceId,
    providerAccountId: run.accountId,
    providerEventId: `evt_${++serial}`,
    type,
    providerAt: new Date(Date.UTC(2026, 4, 1, 10, serial % 60)),
    match: { deliveryId: run.deliveryIds[0] ?? '' },
    payload: { type },
    ...given,
  };
}

async function drain(): Promise<void> {
  for (;;) {
    const { matched, parked } = await foldProviderEvents(200);
    if (matched + parked === 0) return;
  }
}

async function deliveryOf(run: SentRun) {
  const [row] = await pool()<
    Record<string, unknown>[]
  >`select * from deliveries where id = ${run.deliveryIds[0] ?? ''}`;
  return row ?? {};
}

async function contactOf(run: SentRun) {
  const [row] = await pool()<Record<string, unknown>[]>`select * from contacts where id = ${run.contactIds[0] ?? ''}`;
  return row ?? {};
}

async function historyOf(run: SentRun): Promise<string[]> {
  const rows = await pool()<{ type: string }[]>`
    select type from interactions where contact_id = ${run.contactIds[0] ?? ''}
    union all select 'email.accepted' from deliveries where contact_id = ${run.contactIds[0] ?? ''} and history_id is not null
    order by type`;
  return rows.map((row) => row.type);
}

describe('an event of a provider', () => {
  it('counts once, however often and by however many it is delivered at the same time', async () => {
    const run = await sentRun();
    const bounce = event(run, 'bounced_hard', { code: '5.1.1', text: 'no such user' });
    await Promise.all(Array.from({ length: 46 }, () => recordOutcome(bounce)));
    await Promise.all([foldProviderEvents(), foldProviderEvents(), foldProviderEvents()]);
    await recordOutcome(bounce);
    await drain();
    const [stored] =
      await pool()`select count(*)::int as n from provider_events where workspace_id = ${run.workspaceId}`;
    expect(stored?.n).toBe(1);
    expect(await deliveryOf(run)).toMatchObject({ bounce_type: 'hard', state: 'accepted' });
    expect(await contactOf(run)).toMatchObject({ hard_bounces: 1, soft_bounces: 0 });
    expect(await historyOf(run)).toEqual(['email.accepted', 'email.bounced']);
    const suppressed = await pool()`select address, reason from suppressions where workspace_id = ${run.workspaceId}`;
    expect(suppressed.map((row) => ({ ...row }))).toEqual([{ address: 'p1@example.com', reason: 'bounce' }]);
  });

  it('leads to the same end in any order and any grouping', async () => {
    const types: OutcomeType[] = ['bounced_soft', 'bounced_hard', 'delivered', 'opened', 'clicked', 'complained'];
    const ends: unknown[] = [];
    for (const order of [
      [0, 1, 2, 3, 4, 5],
      [5, 4, 3, 2, 1, 0],
      [1, 0, 4, 2, 5, 3],
    ]) {
      const run = await sentRun();
      for (const index of order) {
        const type = types[index] ?? 'other';
        await appendOutcomes(pool(), [event(run, type, { providerAt: new Date(Date.UTC(2026, 0, 1 + index)) })]);
        if (index % 2 === 0) await drain();
      }
      await drain();
      const { delivered_at, bounced_at, bounce_type, complained_at, opened_at, clicked_at } = await deliveryOf(run);
      const { hard_bounces, soft_bounces, email_opted_out_at } = await contactOf(run);
      const reasons = await pool()`select reason from suppressions where workspace_id = ${run.workspaceId}`;
      ends.push({
        delivered_at,
        bounced_at,
        bounce_type,
        complained_at,
        opened_at,
        clicked_at,
        hard_bounces,
        soft_bounces,
        email_opted_out_at,
        reasons: reasons.map((row) => row.reason),
      });
    }
    expect(ends[1]).toEqual(ends[0]);
    expect(ends[2]).toEqual(ends[0]);
    expect(ends[0]).toMatchObject({ hard_bounces: 1, soft_bounces: 0, reasons: ['complaint'] });
  });

  it('waits parked while its delivery is unknown and is matched by the provider message id later', async () => {
    const run = await sentRun({ state: 'accepted' });
    await pool()`update deliveries set provider_message_id = null where run_id = ${run.runId}`;
    await appendOutcomes(pool(), [
      event(run, 'delivered', { match: { providerMessageId: 're_late', address: 'P1@example.com' } }),
    ]);
    expect(await foldProviderEvents()).toEqual({ matched: 0, parked: 1 });
    expect(await foldProviderEvents()).toEqual({ matched: 0, parked: 0 });
    await pool()`update deliveries set provider_message_id = 're_late' where run_id = ${run.runId}`;
    expect(await matchParkedEvents()).toMatchObject({ matched: 1 });
    expect((await deliveryOf(run)).delivered_at).not.toBeNull();
  });

  it('of another workspace changes nothing, although it names our delivery', async () => {
    const [ours, theirs] = [await sentRun(), await sentRun()];
    await appendOutcomes(pool(), [event(theirs, 'complained', { match: { deliveryId: ours.deliveryIds[0] ?? '' } })]);
    await appendOutcomes(pool(), [event(theirs, 'delivered', { match: { deliveryId: '99999999999999999999' } })]);
    await drain();
    expect((await deliveryOf(ours)).complained_at).toBeNull();
  });

  it('suppresses a reported address even when no delivery is found', async () => {
    const run = await sentRun();
    await appendOutcomes(pool(), [event(run, 'complained', { match: { address: 'stranger@example.com' } })]);
    await drain();
    const rows = await pool()`select address, reason from suppressions where workspace_id = ${run.workspaceId}`;
    expect(rows.map((row) => ({ ...row }))).toEqual([{ address: 'stranger@example.com', reason: 'complaint' }]);
  });

  it('that is a complaint opts the contact out and takes it off the lists of the campaign', async () => {
    const run = await sentRun();
    await appendOutcomes(pool(), [event(run, 'complained')]);
    await drain();
    expect((await contactOf(run)).email_opted_out_at).not.toBeNull();
    const [subscription] = await pool()`select status, source from subscriptions where list_id = ${run.listId}`;
    expect(subscription).toMatchObject({ status: 'unsubscribed', source: 'complaint' });
  });
});

async function balance(run: SentRun): Promise<Record<string, number>> {
  const rows = await pool()<{ state: string; n: number }[]>`
    select state, sum(n)::int as n from run_counters where run_id = ${run.runId} group by state having sum(n) <> 0`;
  return Object.fromEntries(rows.map((row) => [row.state, row.n]));
}

describe('evidence', () => {
  it('turns a doubt into accepted, with counters and issues that still agree', async () => {
    const run = await sentRun({ contacts: 3, state: 'in_doubt' });
    await appendOutcomes(pool(), [event(run, 'delivered')]);
    await drain();
    expect(await deliveryOf(run)).toMatchObject({ state: 'accepted', resolution: 'provider reported delivered' });
    expect(await balance(run)).toEqual({ in_doubt: 2, accepted: 1 });
    const [issues] = await pool()`select count(*)::int as n from delivery_issues where run_id = ${run.runId}`;
    expect(issues?.n).toBe(2);
  });

  it('turns a doubt into failed when the provider says that it never sent it, with the reason', async () => {
    const run = await sentRun({ state: 'in_doubt', channel: 'sms' });
    await appendOutcomes(pool(), [
      event(run, 'rejected_hard', { code: '30006', text: 'Landline or unreachable carrier' }),
    ]);
    await drain();
    expect(await deliveryOf(run)).toMatchObject({ state: 'failed', error_code: '30006', error_class: 'recipient' });
    expect(await balance(run)).toEqual({ failed: 1 });
  });

  it('never takes back what was accepted', async () => {
    const run = await sentRun();
    await appendOutcomes(pool(), [event(run, 'rejected_soft', { code: 'failed' })]);
    await drain();
    expect(await deliveryOf(run)).toMatchObject({ state: 'accepted', bounce_type: 'soft' });
  });

  it('that came before the doubt was written settles it afterwards', async () => {
    const run = await sentRun({ state: 'queued' });
    await appendOutcomes(pool(), [event(run, 'delivered')]);
    await drain();
    expect((await deliveryOf(run)).state).toBe('queued');
    await pool()`update deliveries set state = 'in_doubt', settled_at = now(), error_text = 'lost' where run_id = ${run.runId}`;
    await pool()`insert into delivery_issues (workspace_id, run_id, delivery_id, step, state, cause)
                 select workspace_id, run_id, id, step, state, 'lost' from deliveries where run_id = ${run.runId}`;
    await pool()`insert into run_counters (workspace_id, run_id, step, wave, state, shard, n)
                 values (${run.workspaceId}, ${run.runId}, 0, 1, 'in_doubt', 0, 1)`;
    expect(await resolveDoubtsByEvidence()).toBe(1);
    expect(await resolveDoubtsByEvidence()).toBe(0);
    expect((await deliveryOf(run)).state).toBe('accepted');
    expect(await balance(run)).toEqual({ accepted: 1 });
  });
});

describe('a burst', () => {
  it('of five thousand events is stored and folded without losing one', async () => {
    const run = await sentRun({ contacts: 2500 });
    const started = performance.now();
    await Promise.all(
      run.deliveryIds.flatMap((deliveryId) => [
        recordOutcome(event(run, 'delivered', { match: { deliveryId } })),
        recordOutcome(event(run, 'opened', { match: { deliveryId } })),
      ]),
    );
    const storedMs = performance.now() - started;
    await drain();
    const [facts] = await pool()`
      select count(delivered_at)::int as delivered, count(opened_at)::int as opened from deliveries where run_id = ${run.runId}`;
    expect(facts).toMatchObject({ delivered: 2500, opened: 2500 });
    console.info(
      `5000 events stored in ${Math.round(storedMs)} ms, folded after ${Math.round(performance.now() - started)} ms`,
    );
  });
});
