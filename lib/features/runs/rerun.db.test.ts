import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FaultyBench, openFaultyBench } from '@/lib/channels/testing/faulty-provider';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { freezeAudienceChunk } from '@/lib/features/audience/freeze-audience';
import { queueDeliveriesChunk } from '@/lib/features/deliveries/queue-deliveries';
import { loadRun } from '@/lib/features/runs/load-run';
import { rerun } from '@/lib/features/runs/rerun';
import { rerunOptions } from '@/lib/features/runs/rerun-options';
import { runProgress } from '@/lib/features/runs/run-progress';
import {
  closeTestChannels,
  type DispatchFixture,
  dispatchFixture,
  draftOf,
  launchAndQueue,
  sendAll,
} from '@/lib/features/testing/dispatch-fixture';
import { newId } from '@/lib/ids';

let database: TestDatabase;
let bench: FaultyBench;
let f: DispatchFixture;
let runId: string;

/** Ten people: two without a mailbox, one whose message was lost on the way, one who opts out afterwards. */
beforeAll(async () => {
  database = await testDatabase();
  await openPoolAt(database.url);
  bench = await openFaultyBench({
    plan: {
      smtpScript: [
        { match: '*@gone.example', fault: 'rcpt_550', times: 99 },
        { match: '*@doubt.example', fault: 'dot_reset' },
      ],
    },
  });
  f = await dispatchFixture({ smtpPort: bench.provider.smtpPort, smsUrl: bench.baseUrl }, 10, (n) =>
    n <= 2 ? `n${n}@gone.example` : n === 3 ? 'n3@doubt.example' : `n${n}@example.com`,
  );
  runId = await launchAndQueue(f, draftOf(f, ['email', 'record', 'email']));
  await sendAll(f, runId);
  await pool()`update contacts set email_opted_out_at = now() where workspace_id = ${f.ctx.workspaceId} and external_id = 'X10'`;
  const late = newId('contact');
  await pool()`insert into contacts (id, workspace_id, external_id, email) values (${late}, ${f.ctx.workspaceId}, 'LATE', 'late@example.com')`;
  await pool()`insert into subscriptions (workspace_id, list_id, contact_id, status, source)
               values (${f.ctx.workspaceId}, ${f.listId}, ${late}, 'subscribed', 'test')`;
});

afterAll(async () => {
  await closeTestChannels();
  await closePool();
  await bench.close();
  await database.drop();
});

async function queue(id: string): Promise<string[]> {
  while (!(await freezeAudienceChunk(f.ctx, await loadRun(f.ctx, id))).done);
  while (!(await queueDeliveriesChunk(f.ctx, await loadRun(f.ctx, id))).done);
  const rows = await pool()<{ id: string }[]>`
    select c.external_id as id from run_members m join contacts c on c.id = m.contact_id
    where m.run_id = ${id} and m.wave is not null order by length(c.external_id), c.external_id`;
  return rows.map((row) => row.id);
}

describe('the rerun chooser', () => {
  it('says for how many people each way on would be, before anything is pressed', async () => {
    expect(await rerunOptions(f.ctx, runId)).toEqual({
      waiting: 0,
      failed: [{ errorClass: 'recipient', n: 2 }],
      inDoubt: 1,
      // the two that failed, the one in doubt and the one who came later
      newMatches: 4,
      everybody: 10,
      fromStep: [
        { step: 1, name: 'record 1', people: 6 },
        { step: 2, name: 'email 2', people: 6 },
      ],
    });
  });

  it('starts exactly one run per press, for exactly the people it promised', async () => {
    const asked = { runId, kind: 'new_matches' as const, requestKey: 'press-0001' };
    const [one, two] = await Promise.all([rerun(f.ctx, asked), rerun(f.ctx, asked)]);
    expect(one?.runId).toBe(two?.runId);
    expect([one?.already, two?.already].sort()).toEqual([false, true]);
    expect(await queue(one?.runId ?? '')).toEqual(['X1', 'X2', 'X3', 'LATE']);
  });

  it('begins with a later step only for those who got past the one before it and may still be written to', async () => {
    const { runId: again } = await rerun(f.ctx, { runId, kind: 'from_step', step: 2, requestKey: 'press-0002' });
    expect(await queue(again)).toEqual(['X4', 'X5', 'X6', 'X7', 'X8', 'X9']);
    const progress = await runProgress(f.ctx, again);
    expect(progress.excluded).toEqual([{ reason: 'global_opt_out', n: 1 }]);
    expect((await sendAll(f, again)).status).toBe('completed');
    const done = await runProgress(f.ctx, again);
    expect(done.steps.map(({ step, counts }) => [step, counts.accepted])).toEqual([[2, 6]]);
    expect(done.balanced).toBe(true);
  });

  it('reaches everybody again when that is what was asked', async () => {
    const { runId: again } = await rerun(f.ctx, { runId, kind: 'everybody', requestKey: 'press-0003' });
    expect(await queue(again)).toHaveLength(10);
  });

  it('refuses a step the run does not have after its first', async () => {
    for (const step of [0, 3]) {
      const asked = rerun(f.ctx, { runId, kind: 'from_step', step, requestKey: `press-1${step}00` });
      await expect(asked).rejects.toMatchObject({ code: 'invalid' });
    }
  });
});
