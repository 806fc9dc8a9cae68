import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Ctx } from '@/lib/context';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { firstSteps } from '@/lib/features/health/first-steps';
import { healthPage } from '@/lib/features/health/health-page';
import { listQueueRows } from '@/lib/features/health/list-queue-rows';
import { listUnmatchedEvents } from '@/lib/features/health/list-unmatched-events';
import { needsAttention } from '@/lib/features/health/needs-attention';
import { queueHealth } from '@/lib/features/health/queue-health';
import { stalledRuns } from '@/lib/features/health/stalled-runs';
import { listNotices } from '@/lib/features/notices/list-notices';
import { pauseRun } from '@/lib/features/runs/change-run';
import {
  type DispatchFixture,
  dispatchFixture,
  draftOf,
  launchAndQueue,
} from '@/lib/features/testing/dispatch-fixture';
import { settleRows, workerRow } from '@/lib/features/testing/settle-rows';
import { newId } from '@/lib/ids';

let database: TestDatabase;
let f: DispatchFixture;
let ctx: Ctx;
let runId: string;

beforeAll(async () => {
  database = await testDatabase();
  await openPoolAt(database.url);
});
afterAll(async () => {
  await closePool();
  await database.drop();
});

beforeEach(async () => {
  await pool()`delete from workers`;
  f = await dispatchFixture({ smtpPort: 1, smsUrl: 'http://127.0.0.1:1' }, 6);
  ctx = { workspaceId: f.ctx.workspaceId, actor: { type: 'user', userId: 'u', name: 'Ada', role: 'owner' } };
  runId = await launchAndQueue(f, draftOf(f, ['email']));
});

/** Everything about the run happened so long ago, and its first wave is out. */
async function asOf(secondsAgo: number): Promise<void> {
  await pool()`update runs set started_at = now() - ${secondsAgo} * interval '1 second', queued_at = now() - ${secondsAgo} * interval '1 second',
    last_progress_at = now() - ${secondsAgo} * interval '1 second' where id = ${runId}`;
  await pool()`update waves set status = 'released', released_at = now() - ${secondsAgo} * interval '1 second' where run_id = ${runId}`;
  await pool()`update batches set state = 'ready', not_before = now() - ${secondsAgo} * interval '1 second' where run_id = ${runId}`;
}

describe('a run that stands still', () => {
  it('is not called stalled within the first minute, nor while it settles', async () => {
    await asOf(40);
    expect(await stalledRuns(ctx)).toEqual([]);
    await asOf(600);
    await settleRows(runId, 0, [{ state: 'accepted', agoSeconds: 20 }]);
    expect(await stalledRuns(ctx)).toEqual([]);
  });
  it('says that no worker runs, and which was the last', async () => {
    await asOf(300);
    await workerRow(200, { host: 'app-7', pid: 99 });
    const [stalled] = await stalledRuns(ctx);
    expect(stalled).toMatchObject({ runId, cause: 'no_worker', due: 6 });
    expect(stalled?.because).toContain('app-7 as process 99');
    expect(Math.round((Date.now() - (stalled?.since.getTime() ?? 0)) / 1000)).toBeGreaterThanOrEqual(299);
  });
  it('is found also when nobody has let its first wave go', async () => {
    await asOf(300);
    await pool()`update waves set status = 'held', released_at = null where run_id = ${runId}`;
    await pool()`update batches set state = 'held' where run_id = ${runId}`;
    expect(await stalledRuns(ctx)).toMatchObject([{ runId, cause: 'no_worker', due: 6 }]);
  });
  it('names the provider that nothing may go through, with what it said', async () => {
    await asOf(300);
    await workerRow(1);
    await pool()`update provider_accounts set breaker_state = 'open', breaker_reason = 'It refused our key.',
      breaker_retry_at = now() + interval '5 minutes' where id = ${f.emailAccountId}`;
    const [stalled] = await stalledRuns(ctx);
    expect(stalled).toMatchObject({ cause: 'provider' });
    expect(stalled?.because).toBe('nothing may go through Relay now. It refused our key.');
  });
  it('tells a worker that hangs from one that has not come yet', async () => {
    await asOf(300);
    await workerRow(1);
    expect(await stalledRuns(ctx)).toMatchObject([{ cause: 'idle' }]);
    await pool()`update batches set lease_owner = 'wrk_1', lease_until = now() + interval '20 seconds' where run_id = ${runId}`;
    expect(await stalledRuns(ctx)).toMatchObject([{ cause: 'held' }]);
  });
  it('is not shown to another workspace, nor while it is paused', async () => {
    await asOf(300);
    expect(await stalledRuns({ ...ctx, workspaceId: newId('workspace') })).toEqual([]);
    await pauseRun(ctx, runId);
    expect(await stalledRuns(ctx)).toEqual([]);
  });
});

describe('what needs a person', () => {
  it('comes most urgent first, with its numbers', async () => {
    await asOf(300);
    await settleRows(runId, 0, [
      { state: 'failed', cause: 'recipient:550 5.1.1', agoSeconds: 200 },
      { state: 'in_doubt', cause: 'worker_lost', agoSeconds: 200 },
    ]);
    await pool()`update provider_accounts set breaker_state = 'open', breaker_reason = 'down', breaker_opened_at = now(),
      breaker_retry_at = now() where id = ${f.smsAccountId}`;
    const items = await needsAttention(ctx);
    expect(items.map(({ kind, n }) => [kind, n])).toEqual([
      ['stalled', 6],
      ['provider', 0],
      ['in_doubt', 1],
      ['failed', 1],
    ]);
    await pauseRun(ctx, runId);
    expect((await needsAttention(ctx)).map(({ kind }) => kind)).toEqual(['provider', 'paused', 'in_doubt', 'failed']);
  });
});

describe('the health page', () => {
  it('knows who is alive, what is due, and nothing about how providers are reached', async () => {
    await asOf(100);
    const alive = await workerRow(1);
    const gone = await workerRow(500);
    const page = await healthPage(ctx);
    expect(page.workers.find(({ id }) => id === alive)).toMatchObject({ state: 'alive', rssBytes: 104857600 });
    expect(page.workers.find(({ id }) => id === gone)).toMatchObject({ state: 'gone' });
    expect(page.queue).toMatchObject({ dueDeliveries: 6, dueBatches: 1, onWire: 0 });
    expect(page.database.readOnly).toBe(false);
    expect(JSON.stringify(page.providers)).not.toMatch(/config|host|secret/i);
  });
  it('does not count a wave that is held back as due', async () => {
    await asOf(100);
    await pool()`update batches set state = 'held' where run_id = ${runId}`;
    expect((await healthPage(ctx)).queue).toMatchObject({ dueDeliveries: 0, laterDeliveries: 6 });
  });
});

describe('the first steps', () => {
  it('are ticked off as they are done, by workspace', async () => {
    expect(await firstSteps(ctx)).toEqual({
      contacts: true,
      templates: true,
      senders: true,
      campaigns: true,
      runs: true,
    });
    const empty = await firstSteps({ ...ctx, workspaceId: newId('workspace') });
    expect(Object.values(empty)).toEqual([false, false, false, false, false]);
  });
});

describe('the queue', () => {
  const all = async <T extends { id: string }>(
    read: (cursor: string | undefined) => Promise<{ items: T[]; nextCursor: string | null }>,
  ) => {
    const ids: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await read(cursor ?? undefined);
      ids.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    return ids;
  };
  const rows = (of: 'due' | 'later' | 'on_wire') =>
    all((cursor) => listQueueRows(ctx, { of, limit: 4, ...(cursor && { cursor }) }));

  it('has as many messages behind each of its numbers', async () => {
    await asOf(60);
    await pool()`update runs set status = 'sending' where id = ${runId}`;
    expect((await queueHealth(ctx)).dueDeliveries).toBe(6);
    expect(new Set(await rows('due')).size).toBe(6);
    expect(await rows('later')).toEqual([]);
    // a worker took them, settled two, and was lost
    await pool()`update batches set fence = 1 where run_id = ${runId}`;
    await settleRows(runId, 0, [{ state: 'accepted' }, { state: 'failed', cause: 'recipient:550' }]);
    expect((await queueHealth(ctx)).dueDeliveries).toBe(4);
    expect(await rows('due')).toHaveLength(4);
    await pool()`update batches set not_before = now() + interval '1 hour' where run_id = ${runId}`;
    expect((await queueHealth(ctx)).laterDeliveries).toBe(4);
    expect(await rows('later')).toHaveLength(4);
    expect(await rows('due')).toEqual([]);
    await pool()`update batches set state = 'held' where run_id = ${runId}`;
    expect((await listQueueRows(ctx, { of: 'later' })).items[0]).toMatchObject({ runId, notBefore: null });
    await pool()`update batches set state = 'ready', lease_owner = 'w', lease_until = now() + interval '1 minute' where run_id = ${runId}`;
    await pool()`
      insert into intents (workspace_id, run_id, batch_id, fence, worker, provider_account_id, delivery_ids, idempotency_key)
      select workspace_id, run_id, id, 1, 'w', ${f.emailAccountId},
        (select array_agg(d.id) from (select id from deliveries where batch_id = batches.id limit 2) d), 'k'
      from batches where run_id = ${runId} limit 1`;
    expect((await queueHealth(ctx)).onWire).toBe(2);
    expect(await rows('on_wire')).toHaveLength(2);
    const elsewhere: Ctx = { ...ctx, workspaceId: newId('workspace') };
    expect((await listQueueRows(elsewhere, { of: 'on_wire' })).items).toEqual([]);
  });

  it('has as many receipts and alarms behind its numbers, and as many reports of providers', async () => {
    const ws = ctx.workspaceId;
    await pool()`
      insert into notices (id, workspace_id, dedupe_key, topic, channel, target, payload, state, created_at)
      select ${newId('notice')} || n, ${ws}, 'k' || n, 'run.completed', 'email', 'ada@example.com', '{}',
        case when n <= 3 then 'queued' when n <= 5 then 'failed' else 'sent' end, now() - case when n = 5 then 8 else 1 end * interval '1 day'
      from generate_series(1, 6) n`;
    const { notices } = await queueHealth(ctx);
    expect(notices).toMatchObject({ queued: 3, failed: 1 });
    for (const [left, n] of [
      ['waiting', 3],
      ['untold', 1],
    ] as const) {
      expect(await all((cursor) => listNotices(ctx, { left, limit: 2, ...(cursor && { cursor }) }))).toHaveLength(n);
    }
    await pool()`
      insert into provider_events (workspace_id, provider_account_id, provider_event_id, type, raw, matched_at)
      select ${ws}, ${f.emailAccountId}, 'e' || n, 'email.delivered', '{}', case when n = 5 then now() end from generate_series(1, 5) n`;
    expect((await queueHealth(ctx)).events.unmatched).toBe(4);
    expect(await all((cursor) => listUnmatchedEvents(ctx, { limit: 3, ...(cursor && { cursor }) }))).toHaveLength(4);
  });
});
