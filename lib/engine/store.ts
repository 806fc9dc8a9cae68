import type postgres from 'postgres';
import { transactionOn } from '@/lib/db/transaction';
import { canonicalJson } from './protocol';
import { type FailureShape, type JobState, type RunState, Transition } from './transition';
import type { OutgoingEvent } from './wire';

export type Tx = postgres.TransactionSql;
export type Queryable = postgres.ISql;

const RETRYABLE = new Set(['40P01', '40001']);

export const RUN_COLUMNS = `r.id, r.fn_id as "fnId", r.status, r.events, r.plan_only as "planOnly", to_json(r.pending) as pending,
  r.sdk_request_version as "sdkRequestVersion", r.defers, to_json(r.gate_keys) as "gateKeys", to_json(r.gate_limits) as "gateLimits",
  r.max_attempts as "maxAttempts", r.parent_run as "parentRun", r.parent_step as "parentStep"`;
const JOB_COLUMNS = `j.id as "jobId", j.kind as "jobKind", j.step_id as "stepId", j.mode as "jobMode", j.attempt, j.max_attempts as "jobMaxAttempts"`;

/** One transaction, repeated when PostgreSQL chose it as the victim of a deadlock or a serialisation failure. */
export async function inTransaction<T>(sql: postgres.Sql, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await transactionOn(sql, work);
    } catch (error) {
      if (tries >= 5 || !RETRYABLE.has(errorCode(error))) throw error;
    }
  }
}

export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** Locks a run that has not ended. */
export async function lockRun(tx: Tx, runId: string): Promise<Transition | undefined> {
  const [row] = await tx<(RunState & { now: Date })[]>`
    select ${tx.unsafe(RUN_COLUMNS)}, clock_timestamp() as now from engine.run r
    where r.id = ${runId} and r.status in ('queued', 'running') for no key update`;
  return row && new Transition(row, row.now);
}

export interface Fence {
  runId: string;
  jobId: string;
  generation: number;
  owner?: number;
}

interface FencedRow extends RunState {
  now: Date;
  jobId: string;
  jobKind: 'discover' | 'step';
  stepId: string;
  jobMode: string | null;
  attempt: number;
  jobMaxAttempts: number;
}

/** Locks run and job; undefined if this dispatch has lost its job to another executor, or the run has ended. */
export async function lockDispatch(
  tx: Tx,
  fence: Fence,
): Promise<{ transition: Transition; job: JobState } | undefined> {
  const owner = fence.owner ?? null;
  const [row] = await tx<FencedRow[]>`
    select ${tx.unsafe(`${RUN_COLUMNS}, ${JOB_COLUMNS}`)}, clock_timestamp() as now
    from engine.run r join engine.job j on j.run_id = r.id
    where r.id = ${fence.runId} and r.status in ('queued', 'running') and j.id = ${fence.jobId}
      and j.generation = ${fence.generation} and j.owner is not null
      and (${owner}::int is null or j.owner = ${owner}) for no key update of r, j`;
  if (!row) return undefined;
  const job: JobState = {
    id: row.jobId,
    kind: row.jobKind,
    stepId: row.stepId,
    mode: row.jobMode,
    attempt: row.attempt,
    maxAttempts: row.jobMaxAttempts,
  };
  return { transition: new Transition(row, row.now), job };
}

export async function memoisedSteps(tx: Tx, runId: string): Promise<Set<string>> {
  const rows = await tx<{ id: string }[]>`select id from engine.step where run_id = ${runId}`;
  return new Set(rows.map((row) => row.id));
}

/** Inserts events into the inbox; an id that is already there changes nothing. Engine events are kept only if awaited. */
export async function insertEvents(sql: Queryable, events: readonly OutgoingEvent[]): Promise<void> {
  if (events.length === 0) return;
  const column = (pick: (event: OutgoingEvent) => string | undefined) => events.map((event) => pick(event) ?? null);
  await sql`
    with arrived as (
      insert into engine.event (id, name, payload, target_fn, parent_run, parent_step)
      select e.id, e.name, e.payload::json, e.target_fn, e.parent_run, e.parent_step
      from unnest(${column((e) => e.payload.id)}::text[], ${column((e) => e.payload.name)}::text[],
        ${column((e) => canonicalJson(e.payload))}::text[], ${column((e) => e.targetFn)}::text[],
        ${column((e) => e.parentRun)}::text[], ${column((e) => e.parentStep)}::text[])
        with ordinality e(id, name, payload, target_fn, parent_run, parent_step, position)
      where not starts_with(e.name, 'inngest/function.') or e.target_fn is not null or engine.is_awaited(e.name)
      order by e.position
      on conflict (id) do nothing returning 1
    )
    select pg_notify('engine_event', '') from (select 1 from arrived limit 1) any_arrived`;
}

/** Writes a transition; the caller's transaction holds the run's lock. Ends a parent's `step.invoke` when the run ends. */
export async function write(tx: Tx, transition: Transition): Promise<void> {
  const { run, finish } = transition;
  const writes: PromiseLike<unknown>[] = [];
  for (const step of transition.steps) {
    writes.push(tx`insert into engine.step (run_id, id, op, name, result)
      values (${run.id}, ${step.id}, ${step.op}, ${step.name}, ${canonicalJson(step.result)}::text::json)
      on conflict do nothing`);
  }
  if (finish) {
    writes.push(tx`
      with jobs as (delete from engine.job where run_id = ${run.id}),
        waits as (delete from engine.wait where run_id = ${run.id}),
        timers as (delete from engine.timer where run_id = ${run.id})
      update engine.run set status = ${finish.status}, output = ${canonicalJson(finish.output)}::text::json,
        ended_at = clock_timestamp(), started_at = coalesce(started_at, clock_timestamp()), pending = '{}'
      where id = ${run.id}`);
  } else {
    writes.push(...continuation(tx, transition));
  }
  writes.push(insertEvents(tx, transition.events));
  await Promise.all(writes);
  if (finish && run.parentRun && run.parentStep) {
    const answer =
      finish.status === 'completed'
        ? { data: finish.output }
        : { error: finish.output ?? { name: 'Error', message: 'function cancelled' } };
    await answerInvoke(tx, run.parentRun, run.parentStep, answer);
  }
}

function continuation(tx: Tx, transition: Transition): PromiseLike<unknown>[] {
  const { run } = transition;
  const writes: PromiseLike<unknown>[] = [];
  if (transition.runChanged) {
    writes.push(tx`update engine.run set plan_only = ${run.planOnly}, pending = ${run.pending}::text[],
      sdk_request_version = ${run.sdkRequestVersion}, defers = ${canonicalJson(run.defers)}::text::json where id = ${run.id}`);
  }
  for (const job of transition.jobs) {
    writes.push(tx`insert into engine.job (run_id, kind, step_id, mode, max_attempts, gate, gate_keys, gate_limits)
      select r.id, ${job.kind}, ${job.stepId}, ${job.mode}, r.max_attempts, ${gateOf(run)}, r.gate_keys, r.gate_limits
      from engine.run r where r.id = ${run.id} on conflict do nothing`);
  }
  for (const timer of transition.timers) {
    writes.push(tx`insert into engine.timer (run_id, kind, step_id, mode, due_at)
      values (${run.id}, ${timer.kind}, ${timer.stepId}, ${timer.mode}, ${timer.dueAt}) on conflict do nothing`);
  }
  for (const wait of transition.waits) {
    if (wait.match) {
      writes.push(tx`insert into engine.wait_path (event, path) values (${wait.event}, ${wait.match.path})
        on conflict do nothing`);
    }
    writes.push(tx`insert into engine.wait (run_id, kind, step_id, event, expression, match_path, match_hash, mode, expires_at)
      values (${run.id}, ${wait.kind}, ${wait.stepId}, ${wait.event}, ${wait.expression}, ${wait.match?.path ?? null},
        ${wait.match?.hash ?? null}, ${wait.mode}, ${wait.expiresAt}) on conflict do nothing`);
  }
  for (const stepId of transition.answeredWaits) {
    writes.push(tx`delete from engine.timer where run_id = ${run.id} and kind = 'timeout' and step_id = ${stepId}`);
  }
  return writes;
}

/** Jobs with equal keys and limits share a gate; claiming reads as many jobs of a gate as it has room for. */
export function gateOf(run: Pick<RunState, 'gateKeys' | 'gateLimits'>): string {
  return run.gateKeys.map((key, i) => `${key}#${run.gateLimits[i] ?? 0}`).join('\n');
}

/** Gives the parent's waiting `step.invoke` its answer; does nothing if the parent no longer waits. */
export async function answerInvoke(
  tx: Tx,
  parentRun: string,
  stepId: string,
  answer: { data: unknown } | { error: unknown | FailureShape },
): Promise<void> {
  const parent = await lockRun(tx, parentRun);
  if (!parent) return;
  const [wait] = await tx<{ mode: string | null }[]>`
    delete from engine.wait where run_id = ${parentRun} and kind = 'invoke' and step_id = ${stepId} returning mode`;
  if (!wait) return;
  parent.answeredWaits.push(stepId);
  parent.resolve({ id: stepId, op: 'InvokeFunction', mode: wait.mode }, answer);
  await write(tx, parent);
}
