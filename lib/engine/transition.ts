import { equalityOf, isReadable } from './expressions';
import { momentOf, RUN_COMPLETE_ID, ulid } from './protocol';
import { type EventPayload, type Op, type OutgoingEvent, withMergedSessions } from './wire';

export type RunStatus = 'queued' | 'running' | 'completed' | 'failed' | 'cancelled';
export interface RunState {
  id: string;
  fnId: string;
  status: RunStatus;
  events: EventPayload[];
  planOnly: boolean;
  pending: string[];
  sdkRequestVersion: number;
  defers: Record<string, Defer>;
  gateKeys: string[];
  gateLimits: number[];
  maxAttempts: number;
  parentRun: string | null;
  parentStep: string | null;
}
export interface Defer {
  fn_slug?: string;
  input?: Record<string, unknown>;
  meta?: Parameters<typeof withMergedSessions>[0];
  aborted?: boolean;
}
export interface JobState {
  id: string;
  kind: 'discover' | 'step';
  stepId: string;
  mode: string | null;
  attempt: number;
  maxAttempts: number;
}
export interface Wait {
  kind: 'event' | 'cancel' | 'invoke' | 'signal';
  stepId: string;
  event: string;
  expression: string | null;
  match: { path: string; hash: string } | null;
  mode: string | null;
  expiresAt: Date;
}
export interface Timer {
  kind: 'sleep' | 'timeout' | 'start' | 'finish';
  stepId: string;
  mode: string | null;
  dueAt: Date;
}
export interface Reply {
  ops: Op[];
  mayRetry: boolean;
  retryAt?: Date;
  sdkRequestVersion?: number;
}
export interface FailureShape {
  name: string;
  message: string;
}

interface Step {
  id: string;
  op: string;
  name?: string | null;
  mode: string | null;
}

const LAZY = new Set(['DeferAdd', 'DeferAbort']);
const ORDER: Record<string, number> = { DeferAdd: 0, WaitForEvent: 0, DeferAbort: 1, RunComplete: 3 };
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

export function eventForWait(expression: string | null, kind: Wait['kind'], run: RunState): Wait['match'] {
  return kind === 'event' || kind === 'cancel' ? equalityOf(expression ?? undefined, run.events[0]) : null;
}

/**
 * What one answer of the SDK, one timer or one event does to a run, collected without touching the database: the caller
 * holds the run's lock, and writes the whole transition in the same transaction.
 */
export class Transition {
  readonly steps: { id: string; op: string; name: string | null; result: unknown }[] = [];
  readonly jobs: { kind: 'discover' | 'step'; stepId: string; mode: string | null }[] = [];
  readonly timers: Timer[] = [];
  readonly waits: Wait[] = [];
  readonly answeredWaits: string[] = [];
  readonly events: OutgoingEvent[] = [];
  retryAt: Date | undefined;
  finish: { status: 'completed' | 'failed' | 'cancelled'; output: unknown } | undefined;
  runChanged = false;

  constructor(
    readonly run: RunState,
    readonly now: Date,
  ) {}

  /** Records the result of a step and goes on with the run where nothing else holds it. */
  resolve(step: Step, result: unknown): void {
    this.record(step, result);
    this.proceed(step.id, step.mode);
  }

  /** Records a step the SDK has already gone past by itself. */
  record(step: Omit<Step, 'mode'>, result: unknown): void {
    this.steps.push({ id: step.id, op: step.op, name: step.name ?? null, result });
    if (this.run.pending.includes(step.id)) this.setPending(this.run.pending.filter((id) => id !== step.id));
  }

  end(status: 'completed' | 'failed' | 'cancelled', output: unknown): void {
    this.finish = { status, output: output ?? null };
    this.run.status = status;
    const { run } = this;
    for (const defer of Object.values(run.defers)) {
      if (defer.aborted || !defer.fn_slug) continue;
      const data = {
        ...defer.input,
        _inngest: { fn_slug: defer.fn_slug, parent_fn_slug: run.fnId, parent_run_id: run.id },
      };
      const meta = withMergedSessions(defer.meta);
      this.events.push({ payload: this.payload('inngest/deferred.schedule', data, meta), targetFn: defer.fn_slug });
    }
    const [event] = run.events;
    if (event?.name.startsWith('inngest/function.f')) return;
    const error = status === 'completed' ? undefined : (output ?? { name: 'Error', message: 'function cancelled' });
    const outcome = `${status.charAt(0).toUpperCase()}${status.slice(1)}`;
    const common = {
      function_id: run.fnId,
      run_id: run.id,
      event,
      events: run.events,
      _inngest: { status: outcome },
      ...(status === 'completed' ? { result: output } : { error }),
    };
    this.events.push({ payload: this.payload('inngest/function.finished', common, event?.meta) });
    if (status === 'completed') return;
    this.events.push({ payload: this.payload(`inngest/function.${status}`, common, event?.meta) });
  }

  /** Applies the instructions of one answer. `memoised` holds the ids of the steps already recorded. */
  apply(reply: Reply, job: JobState | undefined, memoised: ReadonlySet<string>): void {
    const real = reply.ops.filter((op) => !LAZY.has(op.op));
    if (reply.sdkRequestVersion && reply.sdkRequestVersion !== this.run.sdkRequestVersion) {
      this.run.sdkRequestVersion = reply.sdkRequestVersion;
      this.runChanged = true;
    }
    if (real.length > 1 && !real.some((op) => op.op === 'RunComplete')) {
      if (job) this.setPlanOnly(true);
      if (this.coalesces() && real.some((op) => op.op === 'StepPlanned')) {
        const found = [...this.run.pending, ...real.map((op) => op.id)];
        this.setPending([...new Set(found)].filter((id) => !memoised.has(id)));
      }
    }
    for (const op of [...reply.ops].sort((a, b) => (ORDER[a.op] ?? 2) - (ORDER[b.op] ?? 2))) {
      this.applyOp(op, reply, job, memoised);
      if (this.finish || this.retryAt) return;
    }
  }

  private applyOp(op: Op, reply: Reply, job: JobState | undefined, memoised: ReadonlySet<string>): void {
    const mode = text(op.opts?.parallelMode) ?? job?.mode ?? null;
    const step = { id: op.id, op: op.op, name: op.displayName ?? op.name, mode };
    switch (op.op) {
      case 'Step':
      case 'StepRun':
        if (job) this.resolve(step, { data: op.data ?? null });
        else this.record(step, { data: op.data ?? null });
        return;
      case 'StepError':
        if (job && reply.mayRetry && job.attempt + 1 < job.maxAttempts) {
          this.retryAt = reply.retryAt;
          return;
        }
        this.fail(op, step);
        return;
      case 'StepFailed':
        this.fail(op, step);
        return;
      case 'RunComplete':
        this.end('completed', op.data);
        return;
      case 'DeferAdd':
        this.run.defers = { ...this.run.defers, [op.id]: { ...op.opts } };
        this.runChanged = true;
        return;
      case 'DeferAbort': {
        const target = text(op.opts?.target_hashed_id) ?? '';
        const defer = this.run.defers[target];
        if (defer) this.run.defers = { ...this.run.defers, [target]: { ...defer, aborted: true } };
        this.runChanged = true;
        return;
      }
      default:
        if (!memoised.has(op.id)) this.request(op, step);
    }
  }

  /** Instructions for something that is still to be done; the SDK repeats them until the step is recorded. */
  private request(op: Op, step: Step): void {
    const { mode } = step;
    switch (op.op) {
      case 'StepPlanned':
        this.jobs.push({ kind: 'step', stepId: op.id, mode });
        return;
      case 'DiscoveryRequest':
        this.jobs.push({ kind: 'discover', stepId: op.id, mode });
        return;
      case 'Sleep': {
        const dueAt = momentOf(text(op.opts?.duration) ?? op.name ?? '0s', this.now);
        this.timers.push({ kind: 'sleep', stepId: op.id, mode, dueAt });
        return;
      }
      case 'WaitForEvent':
        this.wait(op, mode, 'event', text(op.opts?.event) ?? op.name ?? '');
        return;
      case 'WaitForSignal':
        this.wait(op, mode, 'signal', text(op.opts?.signal) ?? '');
        return;
      case 'InvokeFunction':
        this.invoke(op, mode);
        return;
      default:
        this.resolve(step, { error: { name: 'Error', message: `The embedded engine does not support ${op.op}` } });
    }
  }

  private fail(op: Op, step: Step): void {
    if (op.id === RUN_COMPLETE_ID) this.end('failed', op.error);
    else this.resolve(step, { error: op.error ?? { name: 'Error', message: 'The step failed' } });
  }

  private wait(op: Op, mode: string | null, kind: 'event' | 'signal', event: string): void {
    const expiresAt = momentOf(text(op.opts?.timeout), this.now);
    const expression = text(op.opts?.if) ?? null;
    if (expression !== null && !isReadable(expression)) {
      const message = `The expression ${JSON.stringify(expression)} cannot be read`;
      this.resolve(
        { id: op.id, op: op.op, name: op.displayName ?? op.name, mode },
        { error: { name: 'Error', message } },
      );
      return;
    }
    const match = eventForWait(expression, kind, this.run);
    this.waits.push({ kind, stepId: op.id, event, expression, match, mode, expiresAt });
    this.timers.push({ kind: 'timeout', stepId: op.id, mode, dueAt: expiresAt });
  }

  private invoke(op: Op, mode: string | null): void {
    const { run } = this;
    const target = text(op.opts?.function_id) ?? '';
    const given = isRecord(op.opts?.payload) ? op.opts.payload : {};
    const expiresAt = momentOf(text(op.opts?.timeout), this.now);
    const wait = { stepId: op.id, event: '', expression: null, match: null, mode, expiresAt };
    this.waits.push({ kind: 'invoke', ...wait });
    this.timers.push({ kind: 'timeout', stepId: op.id, mode, dueAt: expiresAt });
    const data = {
      ...(isRecord(given.data) ? given.data : {}),
      _inngest: { fn_id: target, source_fn_id: run.fnId, correlation_id: `${run.id}.${op.id}` },
    };
    const meta = withMergedSessions(isRecord(given.meta) ? given.meta : undefined);
    const payload = this.payload('inngest/function.invoked', data, meta);
    if (typeof given.v === 'string') payload.v = given.v;
    this.events.push({ payload, targetFn: target, parentRun: run.id, parentStep: op.id });
  }

  /** Calls the function again, unless it waits for sibling steps that were planned together. */
  private proceed(from: string, mode: string | null): void {
    if (this.run.pending.length > 0 && mode !== 'race') return;
    if (this.run.planOnly && this.coalesces()) this.setPlanOnly(false);
    if (this.jobs.some((job) => job.kind === 'discover')) return;
    this.jobs.push({ kind: 'discover', stepId: from, mode });
  }

  private coalesces(): boolean {
    return this.run.sdkRequestVersion !== 1;
  }

  private setPending(pending: string[]): void {
    this.run.pending = pending;
    this.runChanged = true;
  }

  private setPlanOnly(planOnly: boolean): void {
    if (this.run.planOnly === planOnly) return;
    this.run.planOnly = planOnly;
    this.runChanged = true;
  }

  private payload(name: string, data: unknown, meta?: Record<string, unknown>): EventPayload {
    return { id: ulid(this.now.getTime()), name, data, ts: this.now.getTime(), user: {}, ...(meta ? { meta } : {}) };
  }
}
