import { describe, expect, it } from 'vitest';
import { pool } from '@/lib/db/client';
import { releaseNextWave } from '@/lib/features/runs/change-run';
import { runProgress } from '@/lib/features/runs/run-progress';
import { captureForTests } from '@/lib/features/testing/capture-for-tests';
import { dispatchFixture, draftOf, launchAndQueue, sendAll } from '@/lib/features/testing/dispatch-fixture';

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
