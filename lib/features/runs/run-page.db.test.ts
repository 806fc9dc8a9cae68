import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ctx } from '@/lib/context';
import { closePool, openPoolAt, pool, withTx } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { browseRuns } from '@/lib/features/runs/browse-runs';
import { cancelRun } from '@/lib/features/runs/cancel-run';
import { pauseRun } from '@/lib/features/runs/change-run';
import { getRun } from '@/lib/features/runs/get-run';
import { listDoubts } from '@/lib/features/runs/list-doubts';
import { listRunRows, type RunRow } from '@/lib/features/runs/list-run-rows';
import { runCertificate } from '@/lib/features/runs/run-certificate';
import { runCsv } from '@/lib/features/runs/run-csv';
import { runNow } from '@/lib/features/runs/run-now';
import { runProgress } from '@/lib/features/runs/run-progress';
import { runRates } from '@/lib/features/runs/run-rates';
import { type RowFact, readByIndexOnly, settledPage } from '@/lib/features/runs/run-row-pages';
import { runTrail } from '@/lib/features/runs/run-trail';
import {
  type DispatchFixture,
  dispatchFixture,
  draftOf,
  launchAndQueue,
} from '@/lib/features/testing/dispatch-fixture';
import { type Settled, settleRows } from '@/lib/features/testing/settle-rows';
import { newId } from '@/lib/ids';

const PORTS = { smtpPort: 1, smsUrl: 'http://127.0.0.1:1' };
let database: TestDatabase;
let f: DispatchFixture;
let runId: string;

const member = (workspaceId: string, role: 'owner' | 'viewer' | 'service_agent' = 'owner'): Ctx => ({
  workspaceId,
  actor: { type: 'user', userId: 'usr_test', name: 'Ada', role },
});

const OUTCOMES: Settled[] = [
  ...Array.from({ length: 20 }, (): Settled => ({ state: 'accepted', agoSeconds: 30 })),
  ...Array.from({ length: 5 }, (): Settled => ({ state: 'failed', cause: 'recipient:550 5.1.1' })),
  ...Array.from({ length: 2 }, (): Settled => ({ state: 'failed', cause: 'content:render_failed', text: '=cmd|calc' })),
  ...Array.from({ length: 3 }, (): Settled => ({ state: 'in_doubt', cause: 'worker_lost' })),
  { state: 'skipped', cause: 'global_opt_out' },
];

beforeAll(async () => {
  database = await testDatabase();
  await openPoolAt(database.url);
  f = await dispatchFixture(PORTS, 40);
  await pool()`update contacts set email_opted_out_at = now() where workspace_id = ${f.ctx.workspaceId} and external_id in ('X39', 'X40')`;
  runId = await launchAndQueue(f, draftOf(f, ['email', 'sms'], { policy: { waveSize: 15 } }));
  await settleRows(runId, 0, OUTCOMES);
});
afterAll(async () => {
  await closePool();
  await database.drop();
});

async function allRows(input: Partial<Parameters<typeof listRunRows>[1]>): Promise<RunRow[]> {
  const rows: RunRow[] = [];
  let cursor: string | undefined;
  do {
    const page = await listRunRows(member(f.ctx.workspaceId), { runId, step: 0, limit: 4, ...input, cursor });
    rows.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return rows;
}

describe('the rows behind a number', () => {
  it.each(['accepted', 'failed', 'skipped', 'in_doubt', 'cancelled', 'expired', 'waiting'] as const)(
    'are as many as the strip says, each once: %s',
    async (state) => {
      const progress = await runProgress(member(f.ctx.workspaceId), runId);
      for (const { step, counts } of progress.steps) {
        const rows = await allRows({ step, state });
        expect(rows).toHaveLength(counts[state]);
        expect(new Set(rows.map(({ contactId }) => contactId)).size).toBe(rows.length);
      }
    },
  );
  it('are the whole audience without a state', async () => {
    const rows = await allRows({});
    expect(new Set(rows.map(({ contactId }) => contactId)).size).toBe(38);
  });
  it('say where people are written to at that step', async () => {
    for (const { address } of await allRows({ step: 0 })) expect(address).toMatch(/@/);
    for (const { address } of await allRows({ step: 1 })) expect(address).toMatch(/^\+\d+$/);
  });
  it('narrow down to a cause, and to a fact', async () => {
    expect(await allRows({ state: 'failed', cause: 'content:render_failed' })).toHaveLength(2);
    await pool()`update deliveries set opened_at = now() where run_id = ${runId} and state = 'accepted' and id in (
      select id from deliveries where run_id = ${runId} and state = 'accepted' order by id limit 3)`;
    expect(await allRows({ fact: 'opened' })).toHaveLength(3);
  });
  it('of the waves are as many as the waves say, and together those of the strip', async () => {
    const { waves, steps } = await runProgress(member(f.ctx.workspaceId), runId);
    expect(waves.map(({ size }) => size)).toEqual([15, 15, 8]);
    const seen: string[] = [];
    for (const { number, size, counts } of waves) {
      const rows = await allRows({ wave: number });
      expect(rows).toHaveLength(size);
      seen.push(...rows.map(({ contactId }) => contactId));
      for (const [state, n] of Object.entries(counts)) {
        expect(await allRows({ wave: number, state: state as keyof typeof counts })).toHaveLength(n);
      }
    }
    expect(new Set(seen).size).toBe(38);
    for (const [state, n] of Object.entries(steps[0]?.counts ?? {})) {
      expect(waves.reduce((sum, { counts }) => sum + counts[state as keyof typeof counts], 0)).toBe(n);
    }
  });
  it('of a wave can be followed to a later step, and to one cause', async () => {
    const inWave = async (of: Parameters<typeof allRows>[0]) => (await allRows({ ...of, wave: 2 })).length;
    const all = await allRows({ state: 'failed', cause: 'content:render_failed' });
    const parts = await Promise.all(
      [1, 2, 3].map((wave) => allRows({ wave, state: 'failed', cause: 'content:render_failed' })),
    );
    expect(parts.flat()).toHaveLength(all.length);
    expect(await inWave({ step: 1 })).toBe(15);
    expect(await inWave({ wave: 2, step: 1, state: 'waiting' })).toBeLessThanOrEqual(15);
  });
  it('are the same whether members are walked or the run is read whole for the few that are wanted', async () => {
    const request = { workspaceId: f.ctx.workspaceId, runId, step: 0, limit: 5, after: null };
    const read = (state: string | undefined, fact: RowFact | undefined, mostLookedAt?: number) =>
      withTx(member(f.ctx.workspaceId), async (tx) => {
        await readByIndexOnly(tx);
        const { page } = await settledPage(tx, request, state, fact, mostLookedAt);
        return (await tx.sql<{ id: string }[]>`${page}`).map(({ id }) => id);
      });
    for (const [state, fact, most] of [
      ['accepted', undefined, 6],
      ['cancelled', undefined, 0],
      [undefined, 'opened', 3],
    ] as const) {
      const walked = await read(state, fact);
      expect(walked).toHaveLength(most);
      expect(await read(state, fact, 2)).toEqual(walked);
    }
  });
  it('tell who waits for an earlier step', async () => {
    const rows = await allRows({ step: 1, state: 'waiting' });
    expect(rows.filter(({ waitsAt }) => waitsAt === 0)).toHaveLength(7);
    expect(rows.filter(({ waitsAt }) => waitsAt === null)).toHaveLength(20);
    expect(rows.every(({ state, name }) => state === 'queued' && name?.startsWith('Name'))).toBe(true);
  });
  it('do not exist for another workspace, nor for a role without runs', async () => {
    const other = member(newId('workspace'));
    await expect(listRunRows(other, { runId, step: 0 })).rejects.toMatchObject({ code: 'not_found' });
    await expect(getRun(other, runId)).rejects.toMatchObject({ code: 'not_found' });
    const agent = member(f.ctx.workspaceId, 'service_agent');
    await expect(listRunRows(agent, { runId, step: 0 })).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('a delivery in doubt', () => {
  it('comes with its evidence, page by page', async () => {
    const ctx = member(f.ctx.workspaceId);
    const first = await listDoubts(ctx, { runId, limit: 2 });
    const second = await listDoubts(ctx, { runId, limit: 2, cursor: first.nextCursor ?? '' });
    expect([first.items.length, second.items.length, second.nextCursor]).toEqual([2, 1, null]);
    expect(first.items[0]).toMatchObject({
      cause: 'worker_lost',
      provider: { name: 'Relay', kind: 'smtp' },
      attempts: [{ n: 1, outcome: 'unknown', code: 'worker_lost' }],
      events: [],
    });
  });
});

describe('the certificate of a run', () => {
  it('counts the rows themselves and adds up to the audience', async () => {
    const ctx = member(f.ctx.workspaceId);
    const certificate = await runCertificate(ctx, runId);
    const progress = await runProgress(ctx, runId);
    expect(certificate.balanced).toBe(true);
    expect(certificate.excluded).toEqual({ global_opt_out: 2 });
    expect(certificate.listTotal).toBe(40);
    expect(certificate.steps.map(({ counts, sum }) => ({ counts, sum }))).toEqual(
      progress.steps.map(({ counts }) => ({ counts, sum: 38 })),
    );
  });
  it('has a digest that anybody can compute from the rows, and that any change of a state changes', async () => {
    const ctx = member(f.ctx.workspaceId);
    const { ledger } = await runCertificate(ctx, runId);
    const rows = await pool()<{ id: string; state: string }[]>`
      select id, state from deliveries where run_id = ${runId} order by id`;
    const expected = createHash('sha256').update(rows.map(({ id, state }) => `${id}:${state}\n`).join(''));
    expect(ledger).toEqual({ deliveries: rows.length, sha256: expected.digest('hex') });
    await settleRows(runId, 0, [{ state: 'accepted' }]);
    expect((await runCertificate(ctx, runId)).ledger.sha256).not.toBe(ledger.sha256);
  });
});

describe('the CSV of a run', () => {
  it('has every delivery once, and disarms what a spreadsheet would run', async () => {
    const { lines, fileName } = await runCsv(member(f.ctx.workspaceId), { runId });
    let text = '';
    for await (const line of lines) text += line;
    const rows = text.trimEnd().split('\r\n');
    const [{ n } = { n: 0 }] = await pool()<
      { n: number }[]
    >`select count(*)::int as n from deliveries where run_id = ${runId}`;
    expect(fileName).toBe(`${runId}.csv`);
    expect(rows).toHaveLength(n + 1);
    expect(text).toContain("'=cmd|calc");
    expect(text).toContain('the mailbox does not exist');
  });
  it('can be of the part of a number: a wave, a domain, what became of it', async () => {
    const linesOf = async (of: Partial<Parameters<typeof runCsv>[1]>) => {
      const { lines } = await runCsv(member(f.ctx.workspaceId), { runId, step: 0, ...of });
      let text = '';
      for await (const line of lines) text += line;
      return text.trimEnd().split('\r\n').length - 1;
    };
    const ofWaves = await Promise.all([1, 2, 3].map((wave) => linesOf({ wave })));
    expect(ofWaves).toEqual([15, 15, 8]);
    expect(await linesOf({ fact: 'opened' })).toBe(3);
    expect(await linesOf({ domain: 'nowhere.example' })).toBe(0);
    expect(await linesOf({ domain: 'example.com', state: 'accepted' })).toBe(await linesOf({ state: 'accepted' }));
  });
  it('is refused to those who may not export', async () => {
    await expect(runCsv(member(f.ctx.workspaceId, 'viewer'), { runId })).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('what a run is doing', () => {
  it('is its waves, what is due, and what is on the wire', async () => {
    const ctx = member(f.ctx.workspaceId);
    expect(await runNow(ctx, runId)).toMatchObject({ heldBatches: 0, wave: null, heldWave: { number: 1, size: 15 } });
    await pool()`update waves set status = 'released', released_at = now() where run_id = ${runId} and number = 1`;
    await pool()`update batches set state = 'ready', lease_owner = 'wrk_1', lease_until = now() + interval '1 minute'
      where run_id = ${runId} and wave = 1`;
    expect(await runNow(ctx, runId)).toMatchObject({
      workers: 1,
      heldBatches: 2,
      steps: [0, 1],
      wave: 1,
      heldWave: { number: 2, size: 15 },
    });
  });
  it('has a rate without holes, and a trail', async () => {
    const ctx = member(f.ctx.workspaceId);
    const rates = await runRates(ctx, runId);
    expect(rates.bucketSeconds).toBe(10);
    const gaps = rates.at.slice(1).map((at, index) => at.getTime() - (rates.at[index]?.getTime() ?? 0));
    expect(new Set(gaps)).toEqual(new Set([10_000]));
    await pauseRun(ctx, runId);
    const { entries } = await runTrail(ctx, runId);
    expect(entries[0]).toMatchObject({ action: 'run.paused', actor: { name: 'Ada' } });
    expect((await runTrail(member(newId('workspace')), runId)).entries).toEqual([]);
  });
});

describe('the list of runs', () => {
  it('is searched, filtered, sorted and paged by the database, with totals over everything that matches', async () => {
    const g = await dispatchFixture(PORTS, 3);
    const ctx = member(g.ctx.workspaceId);
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) ids.push(await launchAndQueue(g, draftOf(g, ['email'])));
    await pool()`update runs set name = 'Run ' || t.n from unnest(${ids}::text[]) with ordinality t(id, n) where runs.id = t.id`;
    await settleRows(ids[1] ?? '', 0, [{ state: 'failed', cause: 'recipient:550 5.1.1' }, { state: 'accepted' }]);
    await cancelRun(ctx, ids[0] ?? '');

    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await browseRuns(ctx, { sort: 'name', direction: 'asc', limit: 2, cursor });
      expect(page.totals).toEqual({ runs: 5, audience: 15 });
      seen.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual(['Run 1', 'Run 2', 'Run 3', 'Run 4', 'Run 5']);

    expect((await browseRuns(ctx, { q: 'run 3' })).items.map(({ name }) => name)).toEqual(['Run 3']);
    expect((await browseRuns(ctx, { q: '%' })).items).toEqual([]);
    expect((await browseRuns(ctx, { filter: 'cancelled' })).totals.runs).toBe(1);
    expect((await browseRuns(ctx, { filter: 'under_way' })).totals.runs).toBe(4);
    const [withIssues] = (await browseRuns(ctx, { filter: 'with_issues' })).items;
    expect(withIssues?.counts).toMatchObject({ failed: 1, accepted: 1, waiting: 1 });
    expect((await browseRuns(member(newId('workspace')))).totals.runs).toBe(0);
  });
});
