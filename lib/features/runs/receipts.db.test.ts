import { describe, expect, it } from 'vitest';
import { pool } from '@/lib/db/client';
import { alarmStalledRuns } from '@/lib/features/health/alarm-stalled';
import { advanceRun } from '@/lib/features/runs/advance-run';
import { cancelRun } from '@/lib/features/runs/cancel-run';
import { pauseRun, resumeRun } from '@/lib/features/runs/change-run';
import { retryFailed } from '@/lib/features/runs/retry-failed';
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
const ALL = ['started', 'wave_done', 'completed', 'failed', 'paused', 'resumed', 'stalled'] as const;
const notify = { emails: ['ops@telco.example'], phones: ['+6591234567'], events: [...ALL] };

async function told(f: DispatchFixture): Promise<string[]> {
  const rows = await pool()<{ what: string }[]>`
    select topic || ' ' || channel as what from notices where workspace_id = ${f.ctx.workspaceId} order by id`;
  return rows.map((row) => row.what);
}

interface Captured {
  to: string;
  subject: string;
}

async function inbox(to: string): Promise<Captured[]> {
  const answer = await fetch(`${ports().smsUrl}/inbox?limit=200&to=${encodeURIComponent(to)}`);
  return ((await answer.json()) as { messages: Captured[] }).messages;
}

describe('receipts', () => {
  it('tell each event once to each reader, with the numbers of that moment and a link', async () => {
    const f = await dispatchFixture(ports(), 20, (n) => (n <= 2 ? `x${n}@gone.example` : `y${n}@example.com`));
    const runId = await launchAndQueue(f, draftOf(f, ['email'], { notify, policy: { waveSize: 10 } }));
    await pauseRun(f.ctx, runId, 'Wait.');
    await resumeRun(f.ctx, runId);
    await pauseRun(f.ctx, runId, 'Wait again.');
    await resumeRun(f.ctx, runId);
    await sendAll(f, runId);
    for (let i = 0; i < 3; i++) await advanceRun(f.ctx.workspaceId, runId);
    const events = ['started', 'paused', 'resumed', 'paused', 'resumed', 'wave_done', 'wave_done', 'completed'];
    expect(await told(f)).toEqual(events.flatMap((event) => [`run.${event} email`, `run.${event} sms`]));
    const [completed] = await pool()`
      select payload from notices where workspace_id = ${f.ctx.workspaceId} and topic = 'run.completed' and channel = 'email'`;
    expect(completed?.payload).toMatchObject({
      runId,
      url: expect.stringContaining(`/runs/${runId}`),
      numbers: {
        listTotal: 20,
        audience: 20,
        excluded: {},
        steps: [{ counts: { accepted: 18, failed: 2, waiting: 0 } }],
      },
    });
  });

  it('tell a second completion, after a retry, as an event of its own', async () => {
    const f = await dispatchFixture(ports(), 3, (n) => (n === 1 ? 'z@gone.example' : `z${n}@example.com`));
    const runId = await launchAndQueue(f, draftOf(f, ['email'], { notify: { ...notify, phones: [] } }));
    await sendAll(f, runId);
    await retryFailed(f.ctx, { runId });
    await sendAll(f, runId);
    expect((await told(f)).filter((what) => what.startsWith('run.completed'))).toHaveLength(2);
  });

  it('raise one alarm for one standstill, with the reason, and another for the next', async () => {
    const f = await dispatchFixture(ports(), 5);
    const runId = await launchAndQueue(f, draftOf(f, ['email'], { notify: { ...notify, phones: [] } }));
    await advanceRun(f.ctx.workspaceId, runId);
    const stand = async () => {
      await pool()`update runs set last_progress_at = now() - interval '5 minutes', queued_at = now() - interval '5 minutes',
        started_at = now() - interval '5 minutes' where id = ${runId}`;
      await pool()`update batches set not_before = now() - interval '5 minutes' where run_id = ${runId}`;
    };
    expect(await alarmStalledRuns()).toBe(0);
    await stand();
    expect([await alarmStalledRuns(), await alarmStalledRuns()]).toEqual([1, 0]);
    await pool()`update runs set last_progress_at = now() where id = ${runId}`;
    expect(await alarmStalledRuns()).toBe(0);
    await pool()`update runs set last_progress_at = now() - interval '4 minutes' where id = ${runId}`;
    await pool()`update batches set not_before = now() - interval '4 minutes' where run_id = ${runId}`;
    expect(await alarmStalledRuns()).toBe(1);
    const alarms =
      await pool()`select payload ->> 'detail' as detail from notices where workspace_id = ${f.ctx.workspaceId} and topic = 'run.stalled'`;
    expect(alarms).toHaveLength(2);
    expect(alarms[0]?.detail).toContain('because no worker is running');
  });
});

describe('seed recipients', () => {
  it('get the real message last in each wave, marked, and are in no number of the run', async () => {
    const f = await dispatchFixture(ports(), 12, (n) => `s${n}@seeded.example`);
    const [inside] = await pool()<{ id: string }[]>`
      select id from contacts where workspace_id = ${f.ctx.workspaceId} and external_id = 'X1'`;
    await pool()`insert into contacts (id, workspace_id, external_id, email, first_name)
      values ('con_boss', ${f.ctx.workspaceId}, 'BOSS', 'boss@telco.example', 'Boss')`;
    const seeds = { ...notify, emails: [], phones: [], seedContactIds: ['con_boss', inside?.id ?? ''] };
    const runId = await launchAndQueue(f, draftOf(f, ['email', 'record'], { notify: seeds, policy: { waveSize: 6 } }));
    const { seedRuns } = await sendAll(f, runId);
    const runs = await pool()<{ id: string; wave: number }[]>`
      select id, seed_wave as wave from runs where seed_of = ${runId} order by seed_wave`;
    expect(runs.map((run) => run.wave)).toEqual([1, 2]);
    expect(runs.map((run) => run.id)).toEqual(expect.arrayContaining(seedRuns));
    expect(await inbox('boss@telco.example')).toHaveLength(0);
    for (const { id } of runs) expect((await sendAll(f, id)).status).toBe('completed');
    const got = await inbox('boss@telco.example');
    expect(got.map((message) => message.subject)).toEqual(['[Seed] Hello Boss', '[Seed] Hello Boss']);
    expect((await inbox('s1@seeded.example')).map((message) => message.subject).sort()).toEqual([
      'Hello Name 1',
      '[Seed] Hello Name 1',
      '[Seed] Hello Name 1',
    ]);
    const progress = await runProgress(f.ctx, runId);
    expect(progress).toMatchObject({ audience: 12, status: 'completed', balanced: true });
    expect(progress.steps.map(({ counts }) => counts.accepted)).toEqual([12, 12]);
    const [recorded] =
      await pool()`select count(*)::int as n from output_rows where workspace_id = ${f.ctx.workspaceId}`;
    expect(recorded).toEqual({ n: 12 });
    const [history] =
      await pool()`select count(history_id)::int as n from deliveries where workspace_id = ${f.ctx.workspaceId}`;
    expect(history).toEqual({ n: 12 });
    expect(await pool()`select 1 from interactions where workspace_id = ${f.ctx.workspaceId}`).toHaveLength(0);
  });

  it('of a cancelled run get nothing more', async () => {
    const f = await dispatchFixture(ports(), 2);
    const [one] = await pool()<
      { id: string }[]
    >`select id from contacts where workspace_id = ${f.ctx.workspaceId} limit 1`;
    const seeds = { ...notify, emails: [], phones: [], seedContactIds: [one?.id ?? ''] };
    const draft = draftOf(f, ['email'], { notify: seeds, policy: { waveSize: 1, waveGate: 'manual' } });
    const runId = await launchAndQueue(f, draft);
    const { seedRuns } = await sendAll(f, runId);
    expect(seedRuns).toHaveLength(1);
    await cancelRun(f.ctx, runId);
    expect((await sendAll(f, seedRuns[0] ?? '')).status).toBe('cancelled');
  });
});
