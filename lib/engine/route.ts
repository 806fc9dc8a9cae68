import type postgres from 'postgres';
import type { DispatchContext } from './dispatch';
import { hashOf, holds, valueAt } from './expressions';
import { createRun, isUnconditional } from './runs';
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
  /** With its microseconds, which a Date would lose. */
  receivedAt: string;
  now: Date;
  isAwaited: boolean;
}
interface MatchedWait {
  runId: string;
  kind: 'event' | 'cancel';
  stepId: string;
  expression: string | null;
  mode: string | null;
  runEvents: EventPayload[];
}

type Routing = Pick<DispatchContext, 'sql' | 'transactions' | 'registry' | 'log' | 'passing'>;

/**
 * Takes the oldest events out of the inbox, answers the waits they match and creates the runs they start; each batch is one
 * transaction, and only one executor routes at a time. Returns how many events it routed.
 */
export async function routeEvents({ sql, transactions, registry, log, passing }: Routing): Promise<number> {
  const functions = await registry.current();
  const beforeCommit = () => passing('engine_route');
  try {
    return await routeBatch(transactions, functions, BATCH, beforeCommit);
  } catch (error) {
    if (!isPoison(error)) throw error;
  }
  // One event of the batch cannot be stored or evaluated: route singly, and set the bad one aside with its reason.
  try {
    return await routeBatch(transactions, functions, 1, beforeCommit);
  } catch (error) {
    if (!isPoison(error)) throw error;
    const problem = error instanceof Error ? error.message : String(error);
    log(`an event could not be routed and was set aside: ${problem}`);
    await sql`update engine.event set routed_at = clock_timestamp(), problem = ${problem}
      where seq = (select min(seq) from engine.event where routed_at is null)`;
    return 1;
  }
}

/** An error of the data or of evaluating it; one of the connection or of the server passes and is tried again. */
function isPoison(error: unknown): boolean {
  const code = errorCode(error);
  return code === '' || /^2[23]/.test(code);
}

function routeBatch(
  sql: postgres.Sql,
  functions: Map<string, FunctionConfig>,
  limit: number,
  beforeCommit: () => void,
): Promise<number> {
  return inTransaction(sql, async (tx) => {
    const [[lock], events] = await Promise.all([
      tx<{ taken: boolean }[]>`select pg_try_advisory_xact_lock(${LOCK.route}, 0) as taken`,
      tx<InboxEvent[]>`
        select seq, payload, target_fn as "targetFn", parent_run as "parentRun", parent_step as "parentStep",
          received_at::text as "receivedAt", clock_timestamp() as now,
          exists (select 1 from engine.wait w where w.event = e.name) as "isAwaited"
        from engine.event e where routed_at is null order by seq limit ${limit}`,
    ]);
    if (!lock?.taken || events.length === 0) return 0;
    const cancelling = new Set([...functions.values()].flatMap((fn) => (fn.cancel ?? []).map((one) => one.event)));
    let together: Start[] = [];
    const startTogether = async () => {
      await Promise.all(together.map((start) => startRun(tx, start)));
      together = [];
    };
    for (const event of events) {
      // A run started earlier in this batch may be cancelled by this event.
      if (event.isAwaited || cancelling.has(event.payload.name)) {
        await startTogether();
        await answerWaits(tx, event);
      }
      const starts = startsOf(functions, event);
      together.push(...starts.filter((start) => !travelsAlone(start)));
      for (const start of starts.filter(travelsAlone)) await startRun(tx, start);
    }
    await startTogether();
    const routed = events.map((event) => event.seq);
    await tx`update engine.event set routed_at = clock_timestamp() where seq = any(${routed}::bigint[])`;
    beforeCommit();
    return events.length;
  });
}

/** Only waits registered before the event arrived are answered, so a late routing gives the same result as an early one. */
async function answerWaits(tx: Tx, event: InboxEvent): Promise<void> {
  const { payload } = event;
  const paths = await tx<{ path: string }[]>`select path from engine.wait_path where event = ${payload.name}`;
  const keys = paths.map(({ path }) => path);
  const hashes = keys.map((path) => hashOf(valueAt(payload, path.split('.'))));
  const waits = await tx<MatchedWait[]>`
    select w.run_id as "runId", w.kind, w.step_id as "stepId", case when w.match_path is null then w.expression end as expression,
      w.mode, r.events as "runEvents"
    from engine.wait w join engine.run r on r.id = w.run_id
    where w.event = ${payload.name} and w.kind in ('event', 'cancel')
      and w.expires_at > ${event.receivedAt}::text::timestamptz and w.created_at <= ${event.receivedAt}::text::timestamptz
      and (w.match_path is null
        or (w.match_path, w.match_hash) in (select * from unnest(${keys}::text[], ${hashes}::text[])))
    order by w.run_id`;
  for (const wait of waits) {
    if (!holds(wait.expression, { event: wait.runEvents[0], async: payload })) continue;
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

interface Start {
  event: InboxEvent;
  /** Undefined if the event names a function that is not registered. */
  fn: FunctionConfig | undefined;
}

function startsOf(functions: Map<string, FunctionConfig>, event: InboxEvent): Start[] {
  if (event.targetFn !== null) return [{ event, fn: functions.get(event.targetFn) }];
  return [...functions.values()].filter((fn) => triggers(fn, event.payload)).map((fn) => ({ event, fn }));
}

const travelsAlone = ({ fn }: Start): boolean => fn === undefined || !isUnconditional(fn);

async function startRun(tx: Tx, { event, fn }: Start): Promise<void> {
  const { payload, parentRun, parentStep, targetFn, now, receivedAt: since } = event;
  const idempotencyKey = parentRun && parentStep ? `invoke:${parentRun}:${parentStep}` : undefined;
  const admission = fn && (await createRun(tx, fn, payload, now, { since, idempotencyKey, parentRun, parentStep }));
  if (!parentRun || !parentStep || admission === 'created' || admission === 'duplicate') return;
  const message = fn
    ? `${fn.id} was not started: its flow control dropped or merged the call`
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
