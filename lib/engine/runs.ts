import { evaluate, keyOf, type Scope } from './expressions';
import { canonicalJson, durationMs, momentOf, ulid } from './protocol';
import { gateOf, lockRun, type Tx, write } from './store';
import { eventForWait, type RunState } from './transition';
import type { EventPayload, FunctionConfig } from './wire';

/** Retries when a function does not say: four, as measured on Inngest's server. */
const DEFAULT_RETRIES = 4;
const PRIORITY_LIMIT_S = 600;
/** An event dated less than this ahead comes from a clock that differs, not from someone who wants to wait. */
const CLOCK_TOLERANCE_MS = 1000;

export interface RunOrigin {
  /** When the event arrived: from then on `cancelOn` counts. */
  since: string;
  idempotencyKey?: string;
  parentRun?: string | null;
  parentStep?: string | null;
}
export type Admission = 'created' | 'joined' | 'duplicate' | 'dropped';

/**
 * Creates the run an event starts, after the function's flow control: `rateLimit` and `singleton` may drop it, `debounce`
 * and `batchEvents` let it join a run that has not begun, `throttle` moves its start.
 */
export async function createRun(
  tx: Tx,
  fn: FunctionConfig,
  event: EventPayload,
  now: Date,
  origin: RunOrigin,
): Promise<Admission> {
  const scope: Scope = { event };
  const idempotencyKey =
    origin.idempotencyKey ??
    (fn.idempotency ? `key:${fn.id}:${keyOf(fn.idempotency, scope)}` : `event:${fn.id}:${event.id}`);
  if (!isUnconditional(fn)) {
    const known = await tx`select 1 from engine.run where idempotency_key = ${idempotencyKey}`;
    if (known.length > 0) return 'duplicate';
  }
  if (fn.rateLimit) {
    const { key, limit, period } = fn.rateLimit;
    const rateKey = `limit:${fn.id}:${keyOf(key, scope)}`;
    const admitted = await reserveSlot(tx, rateKey, durationMs(period) / limit, durationMs(period), true);
    if (!admitted) return 'dropped';
  }
  const collecting = fn.debounce ?? (batchable(fn, scope) ? fn.batchEvents : undefined);
  const pendingKey = collecting ? `${fn.id}:${keyOf(collecting.key, scope)}` : null;
  if (pendingKey && (await joinCollectingRun(tx, fn, event, pendingKey, now))) return 'joined';

  const singletonKey = fn.singleton ? `${fn.id}:${keyOf(fn.singleton.key, scope)}` : null;
  if (singletonKey && !(await takeSingleton(tx, singletonKey, fn.singleton?.mode === 'skip'))) return 'dropped';

  let startAt = event.ts > now.getTime() + CLOCK_TOLERANCE_MS ? new Date(event.ts) : now;
  if (fn.throttle) {
    const { key, limit, period, burst } = fn.throttle;
    const spacing = durationMs(period) / limit;
    const throttleKey = `throttle:${fn.id}:${keyOf(key, scope)}`;
    const slot = await reserveSlot(tx, throttleKey, spacing, (burst ?? 1) * spacing, false);
    if (slot && slot > startAt) startAt = slot;
  }
  if (fn.debounce) startAt = momentOf(fn.debounce.period, now);
  else if (pendingKey && fn.batchEvents) startAt = momentOf(fn.batchEvents.timeout, now);

  const id = ulid(now.getTime());
  const full = pendingKey !== null && !fn.debounce && fn.batchEvents?.maxSize === 1;
  const created = await insertRun(tx, {
    id,
    fn,
    event,
    idempotencyKey,
    pendingKey: full ? null : pendingKey,
    singletonKey,
    startAt: full ? now : startAt,
    now,
    origin,
  });
  if (!created) return 'duplicate';
  await addGuards(tx, fn, created, startAt, now, origin.since);
  return 'created';
}

/** Whether runs of this function are created without looking at others, so that many inserts can travel together. */
export const isUnconditional = (fn: FunctionConfig): boolean =>
  !fn.rateLimit && !fn.throttle && !fn.debounce && !fn.batchEvents && !fn.singleton;

const batchable = (fn: FunctionConfig, scope: Scope) =>
  fn.batchEvents && (!fn.batchEvents.if || evaluate(fn.batchEvents.if, scope) === true);

/**
 * Generic cell rate algorithm on one row. Queueing reserves the next slot and returns its time; dropping returns null
 * when the limit is reached.
 */
async function reserveSlot(
  tx: Tx,
  key: string,
  spacingMs: number,
  windowMs: number,
  drop: boolean,
): Promise<Date | null> {
  const toleranceMs = Math.max(0, windowMs - spacingMs);
  const [row] = await tx<{ start: Date }[]>`
    insert into engine.rate as r (key, tat)
    values (${key}, clock_timestamp() + ${spacingMs} * interval '1 millisecond')
    on conflict (key) do update
      set tat = greatest(r.tat, clock_timestamp()) + ${spacingMs} * interval '1 millisecond'
      where not ${drop}::boolean or r.tat - ${toleranceMs} * interval '1 millisecond' <= clock_timestamp()
    returning greatest(clock_timestamp(), tat - ${spacingMs + toleranceMs} * interval '1 millisecond') as start`;
  return row?.start ?? null;
}

/** Debounce and batch change the run that has not begun yet. */
async function joinCollectingRun(
  tx: Tx,
  fn: FunctionConfig,
  event: EventPayload,
  pendingKey: string,
  now: Date,
): Promise<boolean> {
  const [run] = await tx<{ id: string; events: EventPayload[]; created: Date }[]>`
    select id, events, created_at as created from engine.run
    where pending_key = ${pendingKey} and status = 'queued' for no key update`;
  if (!run) return false;
  const events = fn.debounce ? [event] : [...run.events, event];
  const full = !fn.debounce && events.length >= (fn.batchEvents?.maxSize ?? 1);
  await tx`update engine.run set events = ${canonicalJson(events)}::text::json,
    pending_key = case when ${full}::boolean then null else pending_key end where id = ${run.id}`;
  let startAt: Date | undefined = full ? now : undefined;
  if (fn.debounce) {
    startAt = momentOf(fn.debounce.period, now);
    const last = fn.debounce.timeout
      ? run.created.getTime() + durationMs(fn.debounce.timeout)
      : Number.POSITIVE_INFINITY;
    if (last < startAt.getTime()) startAt = new Date(last);
  }
  if (startAt) await tx`update engine.job set run_at = ${startAt}, order_at = ${startAt} where run_id = ${run.id}`;
  return true;
}

async function takeSingleton(tx: Tx, singletonKey: string, skip: boolean): Promise<boolean> {
  const [active] = await tx<{ id: string }[]>`
    select id from engine.run where singleton_key = ${singletonKey} and status in ('queued', 'running')`;
  if (!active) return true;
  const transition = skip ? undefined : await lockRun(tx, active.id);
  if (skip) return false;
  if (transition) {
    transition.end('cancelled', null);
    await write(tx, transition);
  }
  return true;
}

interface NewRun {
  id: string;
  fn: FunctionConfig;
  event: EventPayload;
  idempotencyKey: string;
  pendingKey: string | null;
  singletonKey: string | null;
  startAt: Date;
  now: Date;
  origin: RunOrigin;
}

async function insertRun(tx: Tx, run: NewRun): Promise<RunState | undefined> {
  const { fn, event } = run;
  const scope: Scope = { event };
  const limits = (fn.concurrency ?? []).filter((one) => one.limit > 0);
  const gateKeys = limits.map(({ key, scope: reach }) =>
    reach && reach !== 'fn' ? `${reach}:${keyOf(key, scope)}` : `fn:${fn.id}:${key ?? ''}:${keyOf(key, scope)}`,
  );
  const gateLimits = limits.map((one) => one.limit);
  const gate = gateOf({ gateKeys, gateLimits });
  const raw = fn.priority?.run ? Number(evaluate(fn.priority.run, scope)) : 0;
  const priority = Math.trunc(Math.min(PRIORITY_LIMIT_S, Math.max(-PRIORITY_LIMIT_S, Number.isFinite(raw) ? raw : 0)));
  const maxAttempts = (fn.steps.step.retries?.attempts ?? DEFAULT_RETRIES) + 1;
  const orderAt = new Date(run.startAt.getTime() - priority * 1000);
  const { parentRun = null, parentStep = null } = run.origin;
  const [created] = await tx`
    with created as (
      insert into engine.run (id, fn_id, event_id, events, idempotency_key, pending_key, singleton_key, gate_keys,
        gate_limits, priority, max_attempts, parent_run, parent_step)
      values (${run.id}, ${fn.id}, ${event.id}, ${canonicalJson([event])}::text::json, ${run.idempotencyKey},
        ${run.pendingKey}, ${run.singletonKey}, ${gateKeys}::text[], ${gateLimits}::int[], ${priority}, ${maxAttempts},
        ${parentRun}, ${parentStep})
      on conflict do nothing returning id
    )
    insert into engine.job (run_id, kind, run_at, order_at, max_attempts, gate, gate_keys, gate_limits)
    select id, 'discover', ${run.startAt}, ${orderAt}, ${maxAttempts}, ${gate}, ${gateKeys}::text[], ${gateLimits}::int[]
    from created returning run_id`;
  if (!created) return undefined;
  return {
    id: run.id,
    fnId: fn.id,
    status: 'queued',
    events: [event],
    planOnly: false,
    pending: [],
    sdkRequestVersion: 2,
    defers: {},
    gateKeys,
    gateLimits,
    maxAttempts,
    parentRun,
    parentStep,
  };
}

/** What may end the run from outside: events of `cancelOn`, and `timeouts.start`. */
async function addGuards(
  tx: Tx,
  fn: FunctionConfig,
  run: RunState,
  startAt: Date,
  now: Date,
  since: string,
): Promise<void> {
  const writes: PromiseLike<unknown>[] = [];
  for (const [index, cancel] of (fn.cancel ?? []).entries()) {
    const match = eventForWait(cancel.if ?? null, 'cancel', run);
    if (match) {
      writes.push(tx`insert into engine.wait_path (event, path) values (${cancel.event}, ${match.path})
        on conflict do nothing`);
    }
    writes.push(tx`insert into engine.wait (run_id, kind, step_id, event, expression, match_path, match_hash, expires_at, created_at)
      values (${run.id}, 'cancel', ${String(index)}, ${cancel.event}, ${cancel.if ?? null}, ${match?.path ?? null},
        ${match?.hash ?? null}, ${momentOf(cancel.timeout, now)}, ${since}::text::timestamptz)`);
  }
  if (fn.timeouts?.start) {
    const dueAt = new Date(startAt.getTime() + durationMs(fn.timeouts.start));
    writes.push(tx`insert into engine.timer (run_id, kind, due_at) values (${run.id}, 'start', ${dueAt})`);
  }
  await Promise.all(writes);
}
