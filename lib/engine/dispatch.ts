import { createHash } from 'node:crypto';
import type postgres from 'postgres';
import { z } from 'zod';
import { bounded } from './bounded';
import { type CallState, type ClaimedJob, loadCall } from './claim';
import { canonicalJson, durationMs, retryAfter, signature, ulid } from './protocol';
import type { Registry } from './registry';
import { inTransaction, lockDispatch, memoisedSteps, type Tx, write } from './store';
import type { JobState, Reply, Transition } from './transition';
import { op } from './wire';

export type Handler = (request: Request) => Promise<Response>;
/** Within the transaction that routes events; after jobs were claimed; before and after an answer is stored; within that of timers. */
export type Moment = 'engine_route' | 'engine_claim' | 'engine_store' | 'engine_stored' | 'engine_timer';
export interface DispatchContext {
  sql: postgres.Sql;
  transactions: postgres.Sql;
  registry: Registry;
  handler: Handler;
  signingKey: string;
  stallMs: number;
  backoffMs: (attempt: number) => number;
  log: (line: string) => void;
  passing: (moment: Moment) => void;
}

const SERVE_HOST = 'engine.invalid';
export const SERVE_URL = `http://${SERVE_HOST}/api/inngest`;
const MAX_STEPS = 1000;
const MAX_STATE_BYTES = 32 * 1024 * 1024;
/** A job whose executor died this often during one step, at some distance each time, is taken to be the cause of it. */
const MAX_LOST = 100;
const ops = z.union([z.array(op), op.transform((one) => [one])]);

/** What every call of the engine to the functions carries; the SDK's adapters read the host from its header. */
export function signedHeaders(body: string, signingKey: string): Record<string, string> {
  return {
    host: SERVE_HOST,
    'content-type': 'application/json',
    'x-inngest-server-kind': 'cloud',
    'x-inngest-signature': signature(body, signingKey),
  };
}

interface Answer {
  status: number;
  fromSdk: boolean;
  noRetry: boolean;
  retryAfter: string | null;
  sdkRequestVersion: number | undefined;
  text: string;
}

/**
 * Calls the function for one claimed job and stores what came of it, unless the job was taken over meanwhile. The call may
 * take long; the database may not: an operation that never settles gives the job up to its lease.
 */
export async function dispatchJob(context: DispatchContext, job: ClaimedJob): Promise<void> {
  const call = await bounded('reading a run', context.stallMs, prepareCall(context, job));
  if (!call) return;
  const refusal = refusalOf(job, call);
  const answer = refusal ?? (await callFunction(context, job, call));
  context.passing('engine_store');
  await bounded('storing an answer', context.stallMs, storeAnswer(context, job, answer));
  context.passing('engine_stored');
}

/** Undefined if there is nothing to call: the run has ended, or its function is not registered now. */
async function prepareCall(context: DispatchContext, job: ClaimedJob): Promise<CallState | undefined> {
  const { sql, registry } = context;
  const call = await loadCall(sql, job.runId);
  if (!call) {
    await sql`delete from engine.job where id = ${job.id} and generation = ${job.generation}`;
    return undefined;
  }
  const fn = registry.get(call.fnId) ?? (await registry.reload()).get(call.fnId);
  if (!fn) {
    context.log(`function ${call.fnId} is not registered; its run ${job.runId} waits`);
    await postpone(sql, job);
    return undefined;
  }
  if (fn.timeouts?.finish) {
    const dueAt = new Date(call.startedAt.getTime() + durationMs(fn.timeouts.finish));
    await sql`insert into engine.timer (run_id, kind, due_at) values (${job.runId}, 'finish', ${dueAt})
      on conflict do nothing`;
  }
  return call;
}

async function storeAnswer(context: DispatchContext, job: ClaimedJob, answer: Answer | string): Promise<void> {
  await inTransaction(context.transactions, async (tx) => {
    const held = await lockDispatch(tx, { ...job, jobId: job.id });
    if (!held) {
      context.log(`dropped a late answer for run ${job.runId}: the job was taken over or the run has ended`);
      return;
    }
    if (typeof answer === 'string') held.transition.end('failed', { name: 'Error', message: answer });
    else await settle(tx, context, held.transition, held.job, answer);
    await finishJob(tx, held.transition, held.job);
  });
}

function refusalOf(job: ClaimedJob, call: CallState): string | undefined {
  if (job.lost >= MAX_LOST) return `Its executor died ${job.lost} times during this call`;
  if (call.stack.length > MAX_STEPS) return `The run has more than ${MAX_STEPS} steps`;
  if (call.stateBytes > MAX_STATE_BYTES) return 'The results of the steps are larger than 32 MiB together';
  return undefined;
}

async function postpone(sql: postgres.Sql, job: ClaimedJob): Promise<void> {
  await sql`update engine.job set owner = null, lease_until = null, run_at = clock_timestamp() + interval '5 seconds',
    order_at = clock_timestamp() + interval '5 seconds' where id = ${job.id} and generation = ${job.generation}`;
}

/** The call's body, members in canonical order; stored texts are canonical already and are not parsed again. */
function bodyOf(job: ClaimedJob, call: CallState): string {
  const ctx = {
    attempt: job.attempt,
    disable_immediate_execution: call.planOnly,
    fn_id: createHash('md5').update(call.fnId).digest('hex'),
    generation_id: job.generation,
    max_attempts: job.maxAttempts,
    qi_id: job.id,
    run_id: job.runId,
    stack: { current: call.stack.length, stack: call.stack },
    use_api: false,
  };
  const defers = Object.fromEntries(
    Object.entries(call.defers).map(([id, defer]) => [id, { abortable: !defer.aborted }]),
  );
  const events = call.eventsJson;
  const [first] = JSON.parse(events) as unknown[];
  return `{"ctx":${canonicalJson(ctx)},"defers":${canonicalJson(defers)},"event":${canonicalJson(first)},"events":${events},"steps":{${call.stepsJson}},"use_api":false,"version":-1}`;
}

async function callFunction(context: DispatchContext, job: ClaimedJob, call: CallState): Promise<Answer> {
  const body = bodyOf(job, call);
  const query = new URLSearchParams({ fnId: call.fnId, stepId: job.kind === 'step' ? job.stepId : 'step' });
  const headers = {
    ...signedHeaders(body, context.signingKey),
    'x-inngest-job-id': job.id,
    'x-inngest-generation-id': String(job.generation),
    'x-request-id': ulid(),
    'x-run-id': job.runId,
  };
  try {
    const response = await context.handler(new Request(`${SERVE_URL}?${query}`, { method: 'POST', body, headers }));
    return {
      status: response.status,
      fromSdk: response.headers.has('x-inngest-sdk'),
      noRetry: response.headers.get('x-inngest-no-retry') === 'true',
      retryAfter: response.headers.get('retry-after'),
      sdkRequestVersion: Number(response.headers.get('x-inngest-req-version')) || undefined,
      text: await response.text(),
    };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const text = JSON.stringify({ name: 'Error', message: `The function could not be called: ${message}` });
    return { status: 502, fromSdk: false, noRetry: false, retryAfter: null, sdkRequestVersion: undefined, text };
  }
}

async function settle(
  tx: Tx,
  context: DispatchContext,
  transition: Transition,
  job: JobState,
  answer: Answer,
): Promise<void> {
  const { now } = transition;
  const retryAt = retryAfter(answer.retryAfter, now) ?? new Date(now.getTime() + context.backoffMs(job.attempt));
  const value = parsed(answer.text);
  const instructions = answer.fromSdk && answer.status === 206 ? ops.safeParse(value) : undefined;
  if (instructions?.success) {
    const reply: Reply = {
      ops: instructions.data,
      mayRetry: !answer.noRetry,
      retryAt,
      sdkRequestVersion: answer.sdkRequestVersion,
    };
    const simple = instructions.data.every((one) => one.op === 'RunComplete' || one.op === 'StepRun');
    transition.apply(reply, job, simple ? new Set() : await memoisedSteps(tx, transition.run.id));
  } else if (answer.fromSdk && answer.status === 200) {
    transition.end('completed', value);
  } else if (!answer.noRetry && job.attempt + 1 < job.maxAttempts) {
    transition.retryAt = retryAt;
  } else {
    transition.end('failed', isError(value) ? value : { name: 'Error', message: answer.text.slice(0, 2000) });
  }
}

async function finishJob(tx: Tx, transition: Transition, job: JobState): Promise<void> {
  const { retryAt } = transition;
  const ended = retryAt
    ? tx`update engine.job set owner = null, lease_until = null, attempt = attempt + 1, lost = 0,
        run_at = ${retryAt}, order_at = ${retryAt} where id = ${job.id}`
    : tx`delete from engine.job where id = ${job.id}`;
  // Sent before the next jobs are written, which may carry its name.
  await Promise.all([ended.execute(), write(tx, transition)]);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const isError = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'message' in value && typeof value.message === 'string';
