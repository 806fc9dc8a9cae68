import type postgres from 'postgres';
import { inTransaction, lockRun, RUN_COLUMNS, type Tx, write } from './store';
import { type RunState, Transition } from './transition';

const BATCH = 20;

/** Fires the sleeps and time limits that are due; runs another executor is working on are left to its next round. */
export async function fireDueTimers(sql: postgres.Sql, passing: () => void = () => undefined): Promise<number> {
  return inTransaction(sql, async (tx) => {
    const runs = await tx<(RunState & { now: Date })[]>`
      select ${tx.unsafe(RUN_COLUMNS)}, clock_timestamp() as now from engine.run r
      where r.status in ('queued', 'running')
        and r.id in (select run_id from engine.timer where due_at <= clock_timestamp() order by due_at limit ${BATCH})
      for no key update skip locked`;
    for (const row of runs) await fireTimersOf(tx, new Transition(row, row.now));
    if (runs.length > 0) passing();
    return runs.length;
  });
}

async function fireTimersOf(tx: Tx, transition: Transition): Promise<void> {
  const { run } = transition;
  const due = await tx<{ kind: string; stepId: string; mode: string | null }[]>`
    delete from engine.timer where run_id = ${run.id} and due_at <= clock_timestamp()
    returning kind, step_id as "stepId", mode, due_at`;
  for (const timer of due) {
    if (timer.kind === 'finish' || (timer.kind === 'start' && run.status === 'queued')) {
      transition.end('cancelled', null);
      break;
    }
    if (timer.kind === 'start') continue;
    const step = { id: timer.stepId, mode: timer.mode };
    if (timer.kind === 'sleep') {
      transition.resolve({ ...step, op: 'Sleep' }, { data: null });
      continue;
    }
    const [wait] = await tx<{ kind: string }[]>`
      delete from engine.wait where run_id = ${run.id} and step_id = ${timer.stepId} and kind <> 'cancel' returning kind`;
    if (wait?.kind === 'invoke') {
      const message = 'Timed out waiting for invoked function to complete';
      transition.resolve({ ...step, op: 'InvokeFunction' }, { error: { name: 'InngestInvokeTimeout', message } });
    } else if (wait) {
      transition.resolve({ ...step, op: 'WaitForEvent' }, { data: null });
    }
  }
  await write(tx, transition);
}

/** Milliseconds until the next timer or schedule, at most `limitMs`; 0 if one is due. */
export async function untilNextTimerMs(sql: postgres.Sql, limitMs: number): Promise<number> {
  const [row] = await sql<{ ms: number | null }[]>`
    select extract(epoch from least((select min(due_at) from engine.timer), (select min(next_at) from engine.cron))
      - clock_timestamp())::float8 * 1000 as ms`;
  return Math.min(limitMs, Math.max(0, Math.ceil(row?.ms ?? limitMs)));
}

/** Cancels a run that has not ended; false if there is none. */
export async function cancelRun(sql: postgres.Sql, runId: string): Promise<boolean> {
  return inTransaction(sql, async (tx) => {
    const transition = await lockRun(tx, runId);
    if (!transition) return false;
    transition.end('cancelled', null);
    await write(tx, transition);
    return true;
  });
}
