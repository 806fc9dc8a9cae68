import { describe, expect, it } from 'vitest';
import { pool } from '@/lib/db/client';
import { retryFailed } from '@/lib/features/runs/retry-failed';
import { runProgress } from '@/lib/features/runs/run-progress';
import { captureForTests } from '@/lib/features/testing/capture-for-tests';
import { dispatchFixture, draftOf, launchAndQueue, sendAll } from '@/lib/features/testing/dispatch-fixture';

const ports = captureForTests([
  { match: '*@gone.example', reply: '550 5.1.1 No such user' },
  { match: '*@later.example', reply: '451 4.3.2 Try again later', times: 1 },
]);

describe('a run of email, record, SMS, record', () => {
  it('accepts every step of everybody once, and its books balance', async () => {
    const f = await dispatchFixture(ports(), 120);
    const runId = await launchAndQueue(
      f,
      draftOf(f, ['email', 'record', 'sms', 'record'], { policy: { waveSize: 50 } }),
    );
    const report = await sendAll(f, runId);
    expect(report.status).toBe('completed');
    const progress = await runProgress(f.ctx, runId);
    expect(progress.balanced).toBe(true);
    expect(progress.steps.map((step) => step.counts.accepted)).toEqual([120, 120, 120, 120]);
    expect(progress.waves.map((wave) => [wave.size, wave.status])).toEqual([
      [50, 'done'],
      [50, 'done'],
      [20, 'done'],
    ]);
    const [rows] =
      await pool()`select count(*)::int as n, count(distinct contact_id)::int as people from output_rows where run_id = ${runId}`;
    expect(rows).toEqual({ n: 240, people: 120 });
    const stats = await fetch(`${ports().smsUrl}/stats`).then((r) => r.json());
    expect(stats).toMatchObject({ email: 120, sms: 120 });
  });

  it('fails a dead mailbox with the reply it got, closes its later steps, and retries it when a person says so', async () => {
    const f = await dispatchFixture(ports(), 10, (n) => (n <= 3 ? `x${n}@gone.example` : `y${n}@example.com`));
    const runId = await launchAndQueue(f, draftOf(f, ['email', 'record']));
    expect((await sendAll(f, runId)).status).toBe('completed');
    const progress = await runProgress(f.ctx, runId);
    expect(progress.steps.map((step) => step.counts)).toEqual([
      expect.objectContaining({ accepted: 7, failed: 3, waiting: 0 }),
      expect.objectContaining({ accepted: 7, skipped: 3, waiting: 0 }),
    ]);
    const failed =
      await pool()`select error_class, error_code, error_text from deliveries where run_id = ${runId} and state = 'failed'`;
    expect(failed[0]).toEqual({
      error_class: 'recipient',
      error_code: expect.stringContaining('550'),
      error_text: expect.stringContaining('No such user'),
    });
    await pool()`update contacts set email = replace(email, 'gone.example', 'found.example') where workspace_id = ${f.ctx.workspaceId}`;
    await pool()`update run_members set email = replace(email, 'gone.example', 'found.example') where run_id = ${runId}`;
    expect(await retryFailed(f.ctx, { runId })).toEqual({ queued: 3 });
    expect((await sendAll(f, runId)).status).toBe('completed');
    const after = await runProgress(f.ctx, runId);
    expect(after.steps.map((step) => step.counts.accepted)).toEqual([10, 10]);
    expect(after.balanced).toBe(true);
  });

  it('puts a temporary refusal back into the queue and spends one attempt', async () => {
    const f = await dispatchFixture(ports(), 2, (n) => (n === 1 ? 'soon@later.example' : 'now@example.com'));
    const runId = await launchAndQueue(f, draftOf(f, ['email']));
    const report = await sendAll(f, runId);
    expect(report.status).toBe('sending');
    const [row] =
      await pool()`select d.attempts, d.attempts_base, b.not_before > now() as later from deliveries d join batches b on b.id = d.batch_id where d.run_id = ${runId} and d.state = 'queued'`;
    expect(row).toMatchObject({ attempts: 1, later: true });
    await pool()`update batches set not_before = now() where run_id = ${runId} and state = 'ready'`;
    await pool()`update provider_accounts set breaker_retry_at = null where workspace_id = ${f.ctx.workspaceId}`;
    expect((await sendAll(f, runId)).status).toBe('completed');
  });
});

describe('at the moment of sending', () => {
  it('leaves out whoever opted out after the audience was frozen', async () => {
    const f = await dispatchFixture(ports(), 5);
    const runId = await launchAndQueue(f, draftOf(f, ['email']));
    await pool()`update contacts set email_opted_out_at = now() where workspace_id = ${f.ctx.workspaceId} and external_id = 'X2'`;
    await sendAll(f, runId);
    const progress = await runProgress(f.ctx, runId);
    expect(progress.steps[0]?.counts).toMatchObject({ accepted: 4, skipped: 1 });
  });
});

describe('a worker that died with a group on the wire', () => {
  it('leaves exactly that group in doubt and sends the rest', async () => {
    const f = await dispatchFixture(ports(), 30);
    const runId = await launchAndQueue(f, draftOf(f, ['email']));
    await pool()`update batches set state = 'ready', fence = 1, lease_owner = 'wrk_dead', lease_until = now() - interval '1 second' where run_id = ${runId}`;
    await pool()`
      insert into intents (workspace_id, run_id, batch_id, fence, worker, provider_account_id, delivery_ids, idempotency_key)
      select d.workspace_id, d.run_id, min(d.batch_id), 1, 'wrk_dead', ${f.emailAccountId}, array_agg(d.id order by d.id), 'k'
      from (select * from deliveries where run_id = ${runId} order by id limit 4) d group by 1, 2`;
    await pool()`update waves set status = 'released', released_at = now() where run_id = ${runId}`;
    expect((await sendAll(f, runId)).status).toBe('completed');
    const progress = await runProgress(f.ctx, runId);
    expect(progress.steps[0]?.counts).toMatchObject({ accepted: 26, in_doubt: 4, waiting: 0 });
  });
});
