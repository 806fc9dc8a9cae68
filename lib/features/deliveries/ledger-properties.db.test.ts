import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closePool, openPoolAt, pool, withSystemTx } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import type { CampaignDraftInput } from '@/lib/domain/campaign';
import { AppError } from '@/lib/errors';
import {
  type ClaimedBatch,
  type ClaimedDelivery,
  claimBatch,
  loadBatch,
  releaseBatch,
} from '@/lib/features/deliveries/claim-batch';
import { closeCancelledChunk } from '@/lib/features/deliveries/close-cancelled';
import { decideDoubt } from '@/lib/features/deliveries/decide-doubt';
import { openIntent } from '@/lib/features/deliveries/open-intent';
import type { Outcome } from '@/lib/features/deliveries/outcome';
import { resolveWithEvidence } from '@/lib/features/deliveries/resolve-doubt';
import { settleBatch } from '@/lib/features/deliveries/settle-batch';
import { advanceRun } from '@/lib/features/runs/advance-run';
import { cancelRun } from '@/lib/features/runs/cancel-run';
import { pauseRun, resumeRun } from '@/lib/features/runs/change-run';
import { loadRun } from '@/lib/features/runs/load-run';
import { retryFailed } from '@/lib/features/runs/retry-failed';
import { runProgress } from '@/lib/features/runs/run-progress';
import {
  type DispatchFixture,
  dispatchFixture,
  draftOf,
  launchAndQueue,
} from '@/lib/features/testing/dispatch-fixture';

const PEOPLE = 6;
const STEPS = 3;
const WORKER = 'wrk_properties';

let database: TestDatabase;
let f: DispatchFixture;

beforeAll(async () => {
  database = await testDatabase();
  await openPoolAt(database.url);
  f = await dispatchFixture({ smtpPort: 1, smsUrl: 'http://127.0.0.1:1' }, PEOPLE);
});

afterAll(async () => {
  await closePool();
  await database.drop();
});

const FATES = ['accepted', 'failed', 'in_doubt', 'retry', 'skipped', 'expired', 'nothing'] as const;
type Fate = (typeof FATES)[number];

type Command =
  | { do: 'settle'; fates: Fate[]; twice: boolean; keep: boolean }
  | { do: 'die'; size: number }
  | { do: 'pause' | 'resume' | 'cancel' | 'close' | 'retry' | 'advance' }
  | { do: 'decide'; decision: 'treat_as_sent' | 'send_again'; take: number }
  | { do: 'evidence'; as: 'accepted' | 'failed'; at: number };

const fates = fc.array(fc.constantFrom(...FATES), { minLength: PEOPLE, maxLength: PEOPLE });
const settle = fc.record({ do: fc.constant('settle' as const), fates, twice: fc.boolean(), keep: fc.boolean() });
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 8, arbitrary: settle },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('die' as const), size: fc.integer({ min: 1, max: PEOPLE }) }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constantFrom('pause', 'resume', 'close', 'retry', 'retry', 'advance') }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'cancel' as const }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('decide' as const),
      decision: fc.constantFrom('treat_as_sent', 'send_again'),
      take: fc.integer({ min: 1, max: PEOPLE }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('evidence' as const),
      as: fc.constantFrom('accepted', 'failed'),
      at: fc.integer({ min: 0, max: PEOPLE * STEPS - 1 }),
    }),
  },
);

/** A verb may say that this is not the time for it; anything else it throws is a bug. */
async function mayRefuse(verb: Promise<unknown>): Promise<void> {
  try {
    await verb;
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'conflict')) throw error;
  }
}

function outcomeOf({ id, contactId }: ClaimedDelivery, fate: Fate): Outcome[] {
  const who = { deliveryId: id, contactId };
  const facts = { ...who, intentId: null, intentAt: new Date(), code: '250', text: 'said so' };
  switch (fate) {
    case 'nothing':
      return [];
    case 'accepted':
      return [{ ...facts, state: 'accepted', providerMessageId: `pm_${id}` }];
    case 'failed':
      return [{ ...facts, state: 'failed', errorClass: 'recipient', attempted: true }];
    case 'in_doubt':
      return [{ ...facts, state: 'in_doubt' }];
    case 'retry':
      return [{ ...facts, state: 'retry', errorClass: 'recipient', notBefore: new Date(), free: false }];
    case 'skipped':
      return [{ ...who, state: 'skipped', reason: 'condition_not_met' }];
    case 'expired':
      return [{ ...who, state: 'expired' }];
  }
}

async function settleOne(runId: string, batch: ClaimedBatch, wanted: readonly Fate[]): Promise<() => Promise<void>> {
  const { deliveries } = await loadBatch(batch);
  const run = await loadRun(f.ctx, runId);
  const outcomes = deliveries.flatMap((delivery, i) => outcomeOf(delivery, wanted[i % wanted.length] ?? 'accepted'));
  const request = { run, batch, worker: WORKER, outcomes, closeIntents: [] };
  await settleBatch(request);
  return async () => {
    await settleBatch(request);
  };
}

async function carryOut(runId: string, step: Command): Promise<void> {
  switch (step.do) {
    case 'settle': {
      const batch = await claimBatch(runId, WORKER);
      if (!batch) return;
      const again = await settleOne(runId, batch, step.fates);
      if (!step.keep) await releaseBatch(batch, WORKER, null);
      else await pool()`update batches set lease_until = now() - interval '1 second' where id = ${batch.id}`;
      if (step.twice) await again();
      return;
    }
    case 'die': {
      const batch = await claimBatch(runId, WORKER);
      if (!batch) return;
      const members = (await loadBatch(batch)).deliveries.slice(0, step.size);
      await openIntent(batch, {
        channel: 'email',
        worker: WORKER,
        providerAccountId: f.emailAccountId,
        idempotencyKey: 'k',
        payloadSha256: null,
        members: members.map(({ id, contactId, email }) => ({ deliveryId: id, contactId, address: email ?? '' })),
      });
      await pool()`update batches set lease_until = now() - interval '1 second' where id = ${batch.id}`;
      return;
    }
    case 'pause':
      return mayRefuse(pauseRun(f.ctx, runId));
    case 'resume':
      return mayRefuse(resumeRun(f.ctx, runId));
    case 'cancel':
      return mayRefuse(cancelRun(f.ctx, runId));
    case 'retry':
      return mayRefuse(retryFailed(f.ctx, { runId }));
    case 'close':
      await closeCancelledChunk(f.ctx.workspaceId, runId);
      return;
    case 'advance':
      await advanceRun(f.ctx.workspaceId, runId);
      return;
    case 'decide': {
      const doubts = await pool()<{ id: string }[]>`
        select id from deliveries where run_id = ${runId} and state = 'in_doubt' order by id limit ${step.take}`;
      if (doubts.length === 0) return;
      return mayRefuse(decideDoubt(f.ctx, { runId, deliveryIds: doubts.map((d) => d.id), decision: step.decision }));
    }
    case 'evidence': {
      const rows = await pool()<{ id: string }[]>`select id from deliveries where run_id = ${runId} order by id`;
      const row = rows[step.at % Math.max(1, rows.length)];
      if (!row) return;
      await withSystemTx((tx) => resolveWithEvidence(tx, { deliveryId: row.id, as: step.as, source: 'a receipt' }));
    }
  }
}

interface Difference {
  step: number;
  state: string;
  counted: number;
  rows: number;
}

/** Everything that must hold after every single command. */
async function checkBooks(runId: string): Promise<void> {
  const differences = await pool()<Difference[]>`
    select coalesce(k.step, d.step) as step, coalesce(k.state, d.state)::text as state, coalesce(k.n, 0) as counted, coalesce(d.n, 0) as rows
    from (select step, state, sum(n)::int as n from run_counters where run_id = ${runId} group by 1, 2) k
    full join (select step, state, count(*)::int as n from deliveries
               where run_id = ${runId} and state not in ('queued', 'superseded') group by 1, 2) d using (step, state)
    where coalesce(k.n, 0) <> coalesce(d.n, 0)`;
  expect(differences).toEqual([]);
  const byWave = await pool()`
    select 1 from (
      select b.wave, d.step, d.state, count(*)::int as n from deliveries d join batches b on b.id = d.batch_id
      where d.run_id = ${runId} and d.state not in ('queued', 'superseded') group by 1, 2, 3
    ) d full join (select wave, step, state, sum(n)::int as n from run_counters where run_id = ${runId} group by 1, 2, 3) k
      using (wave, step, state) where coalesce(k.n, 0) <> coalesce(d.n, 0)`;
  expect(byWave).toHaveLength(0);
  const twice = await pool()`
    select contact_id, step from deliveries where run_id = ${runId} and state <> 'superseded' group by 1, 2 having count(*) > 1`;
  expect(twice).toHaveLength(0);
  const skippedOver = await pool()`
    select 1 from deliveries d where d.run_id = ${runId} and d.step > 0 and d.state <> 'cancelled'
      and not exists (select 1 from deliveries p where p.run_id = d.run_id and p.step = d.step - 1 and p.contact_id = d.contact_id)`;
  expect(skippedOver).toHaveLength(0);
  const stuck = await pool()`
    select 1 from deliveries d where d.run_id = ${runId} and d.step < ${STEPS - 1} and d.state not in ('queued', 'superseded', 'cancelled')
      and not exists (select 1 from deliveries n where n.run_id = d.run_id and n.step = d.step + 1 and n.contact_id = d.contact_id)`;
  expect(stuck).toHaveLength(0);
  const unlisted = await pool()`
    select 1 from deliveries d full join (select * from delivery_issues where run_id = ${runId}) i on i.delivery_id = d.id
    where coalesce(d.run_id, ${runId}) = ${runId} and (d.state in ('failed', 'skipped', 'in_doubt', 'expired')) is distinct from (i.delivery_id is not null)`;
  expect(unlisted).toHaveLength(0);
  const lostWork = await pool()`
    select 1 from deliveries d join batches b on b.id = d.batch_id where d.run_id = ${runId} and d.state = 'queued' and b.state = 'done'`;
  expect(lostWork).toHaveLength(0);
  const progress = await runProgress(f.ctx, runId);
  expect(progress.balanced).toBe(true);
}

/** Carries the run to its end with nothing but acceptance from here on. */
async function drain(runId: string): Promise<void> {
  await mayRefuse(resumeRun(f.ctx, runId));
  for (let i = 0; i < 100; i++) {
    const batch = await claimBatch(runId, WORKER);
    if (batch) {
      const { deliveries, open } = await loadBatch(batch);
      const run = await loadRun(f.ctx, runId);
      const outcomes = deliveries.flatMap((delivery) => outcomeOf(delivery, 'accepted'));
      await settleBatch({ run, batch, worker: WORKER, outcomes, closeIntents: open.map(({ id }) => id) });
      await releaseBatch(batch, WORKER, null);
      continue;
    }
    const { status } = await advanceRun(f.ctx.workspaceId, runId);
    if (status === 'cancelled') expect(await closeCancelledChunk(f.ctx.workspaceId, runId)).toBe('done');
    if (status !== 'sending') return;
  }
}

type DraftStep = NonNullable<CampaignDraftInput['flow']>[number];

function onInAnyCase(step: DraftStep): DraftStep {
  return step.kind === 'condition' ? step : { ...step, continueWhen: 'settled' };
}

describe('whatever happens to a run, in whatever order', () => {
  it('the counters are the rows, each step sums to the audience, and every next step exists exactly once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 4, maxLength: 16 }), async (commands) => {
        const policy = { waveSize: 4 };
        const draft = draftOf(f, ['email', 'sms', 'record'], { policy });
        const [first, ...rest] = draft.flow ?? [];
        if (!first) throw new Error('no flow');
        const runId = await launchAndQueue(f, { ...draft, flow: [onInAnyCase(first), ...rest] });
        await advanceRun(f.ctx.workspaceId, runId);
        for (const step of commands) {
          await carryOut(runId, step);
          await checkBooks(runId);
        }
        await drain(runId);
        await checkBooks(runId);
        const progress = await runProgress(f.ctx, runId);
        expect(['completed', 'cancelled']).toContain(progress.status);
        for (const { counts } of progress.steps) {
          expect(counts.waiting).toBe(0);
          expect(Object.values(counts).reduce((sum, n) => sum + n, 0)).toBe(PEOPLE);
        }
        const [open] = await pool()`select count(*)::int as n from batches where run_id = ${runId} and state <> 'done'`;
        expect(open).toEqual({ n: 0 });
      }),
      { numRuns: 30, seed: 20_260_101 },
    );
  }, 120_000);
});
