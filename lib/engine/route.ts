import type postgres from 'postgres';
import { hashOf, holds, valueAt } from './expressions';
import type { Registry } from './registry';
import { createRun } from './runs';
import { LOCK } from './schema';
import { answerInvoke, errorCode, inTransaction, lockRun, type Tx, write } from './store';
import type { EventPayload, FunctionConfig } from './wire';

const BATCH = 100;

interface InboxEvent {
  seq: string;
  payload: EventPayload;
  targetFn: string | null;
  parentRun: string | null;
  parentStep: string | null;
  receivedAt: Date;
}
interface MatchedWait {
  runId: string;
  kind: 'event' | 'cancel';
  stepId: string;
  expression: string | null;
  mode: string | null;
  runEvent: EventPayload;
}

/**
 * Takes the oldest events out of the inbox, answers the waits they match and creates the runs they start; each batch is one
 * transaction, and only one executor routes at a time. Returns how many events it routed.
 */
export async function routeEvents(sql: postgres.Sql, registry: Registry, log: (line: string) => void): Promise<number> {
  const functions = await registry.current();
  try {
    return await routeBatch(sql, functions, BATCH);
  } catch (error) {
    if (!isPoison(error)) throw error;
  }
  // One event of the batch cannot be stored or evaluated: route singly, and set the bad one aside with its reason.
  try {
    return await routeBatch(sql, functions, 1);
  } catch (error) {
    if (!isPoison(error)) throw error;
    const problem = error instanceof Error ? error.message : String(error);
    log(`an event could not be routed and was set aside: ${problem}`);
    await sql`update engine.event set routed_at = clock_timestamp(), problem = ${problem}
      where seq = (select min(seq) from engine.event where routed_at is null)`;
    return 1;
  }
}

const isPoison = (error: unknown) =>
  error instanceof TypeError || error instanceof RangeError || /^2[23]/.test(errorCode(error));

function routeBatch(sql: postgres.Sql, functions: Map<string, FunctionConfig>, limit: number): Promise<number> {
  return inTransaction(sql, async (tx) => {
    const [lock] = await tx<{ taken: boolean }[]>`select pg_try_advisory_xact_lock(${LOCK.route}, 0) as taken`;
    if (!lock?.taken) return 0;
    const events = await tx<InboxEvent[]>`
      select seq, payload, target_fn as "targetFn", parent_run as "parentRun", parent_step as "parentStep",
        received_at as "receivedAt"
      from engine.event where routed_at is null order by seq limit ${limit}`;
    if (events.length === 0) return 0;
    const [clock] = await tx<{ now: Date }[]>`select clock_timestamp() as now`;
    const now = clock?.now ?? new Date();
    const names = [...new Set(events.map((event) => event.payload.name))];
    const paths = await tx<{ event: string; path: string }[]>`
      select event, path from engine.wait_path where event = any(${names}::text[])`;
    const [awaited] = await tx<{ some: boolean }[]>`
      select exists (select 1 from engine.wait where event = any(${names}::text[])) as some`;
    for (const event of events) {
      if (awaited?.some) await answerWaits(tx, event, paths);
      await startFunctions(tx, functions, event, now);
    }
    await tx`update engine.event set routed_at = clock_timestamp() where seq = any(${events.map((event) => event.seq)}::bigint[])`;
    return events.length;
  });
}

/** Only waits registered before the event arrived are answered, so a late routing gives the same result as an early one. */
async function answerWaits(tx: Tx, event: InboxEvent, paths: { event: string; path: string }[]): Promise<void> {
  const { payload } = event;
  const keys = paths.filter((one) => one.event === payload.name).map(({ path }) => path);
  const hashes = keys.map((path) => hashOf(valueAt(payload, path.split('.'))));
  const waits = await tx<MatchedWait[]>`
    select w.run_id as "runId", w.kind, w.step_id as "stepId", case when w.match_path is null then w.expression end as expression,
      w.mode, r.events->0 as "runEvent"
    from engine.wait w join engine.run r on r.id = w.run_id
    where w.event = ${payload.name} and w.kind in ('event', 'cancel')
      and w.expires_at > ${event.receivedAt} and w.created_at <= ${event.receivedAt}
      and (w.match_path is null
        or (w.match_path, w.match_hash) in (select * from unnest(${keys}::text[], ${hashes}::text[])))
    order by w.run_id`;
  for (const wait of waits) {
    if (!holds(wait.expression, { event: wait.runEvent, async: payload })) continue;
    const transition = await lockRun(tx, wait.runId);
    if (!transition) continue;
    const deleted = await tx`
      delete from engine.wait where run_id = ${wait.runId} and kind = ${wait.kind} and step_id = ${wait.stepId} returning 1`;
    if (deleted.length === 0) continue;
    if (wait.kind === 'cancel') {
      transition.end('cancelled', null);
    } else {
      transition.answeredWaits.push(wait.stepId);
      transition.resolve({ id: wait.stepId, op: 'WaitForEvent', mode: wait.mode }, { data: payload });
    }
    await write(tx, transition);
  }
}

async function startFunctions(
  tx: Tx,
  functions: Map<string, FunctionConfig>,
  event: InboxEvent,
  now: Date,
): Promise<void> {
  const { payload, targetFn, parentRun, parentStep } = event;
  if (targetFn === null) {
    for (const fn of functions.values()) {
      if (triggers(fn, payload)) await createRun(tx, fn, payload, now);
    }
    return;
  }
  const fn = functions.get(targetFn);
  const idempotencyKey = parentRun && parentStep ? `invoke:${parentRun}:${parentStep}` : undefined;
  const admission = fn && (await createRun(tx, fn, payload, now, { idempotencyKey, parentRun, parentStep }));
  if (!parentRun || !parentStep || admission === 'created' || admission === 'duplicate') return;
  const message = fn
    ? `${targetFn} was not started: its flow control dropped or merged the call`
    : `could not find function with ID: ${targetFn}`;
  await answerInvoke(tx, parentRun, parentStep, { error: { name: 'Error', message } });
}

function triggers(fn: FunctionConfig, event: EventPayload): boolean {
  return fn.triggers.some((trigger) => {
    if (!('event' in trigger)) return false;
    const { event: pattern, expression } = trigger;
    const named = pattern.endsWith('*') ? event.name.startsWith(pattern.slice(0, -1)) : pattern === event.name;
    return named && holds(expression, { event });
  });
}
