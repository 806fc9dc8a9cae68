import { describe, expect, it } from 'vitest';
import { pool } from '@/lib/db/client';
import { runProgress } from '@/lib/features/runs/run-progress';
import { captureForTests } from '@/lib/features/testing/capture-for-tests';
import { dispatchFixture, draftOf, launchAndQueue, sendAll } from '@/lib/features/testing/dispatch-fixture';

const ports = captureForTests([{ match: '*@gone.example', reply: '550 5.1.1 No such user' }]);
const sentTexts = async (): Promise<number> => (await fetch(`${ports().smsUrl}/stats`).then((r) => r.json())).sms ?? 0;

describe('two contacts with one phone in a flow of email, then SMS', () => {
  it('get their emails, and the phone one SMS, also with several workers and small waves', async () => {
    const f = await dispatchFixture(ports(), 30);
    // ten pairs, and ten with a phone of their own
    await pool()`update contacts set phone = '+6590000' || lpad((substr(external_id, 2)::int % 10)::text, 3, '0')
      where workspace_id = ${f.ctx.workspaceId} and substr(external_id, 2)::int <= 20`;
    const before = await sentTexts();
    const runId = await launchAndQueue(f, draftOf(f, ['email', 'sms', 'record'], { policy: { waveSize: 7 } }));
    for (let n = 0; n < 5; n++) {
      await Promise.all(['wrk_a', 'wrk_b', 'wrk_c'].map((worker) => sendAll(f, runId, worker)));
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
    const rows = await pool()`
      select c.external_id as who, d.state, d.skip_reason as why from deliveries d join contacts c on c.id = d.contact_id
      where d.run_id = ${runId} and d.step = 1 order by 1`;
    expect(rows.map(({ who, state, why }) => [who, state, why])).toEqual([
      ['X1', 'skipped', 'duplicate_address'],
      ['X2', 'accepted', null],
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
