import type postgres from 'postgres';
import { z } from 'zod';
import { bounded } from './bounded';
import { bearer, canonicalJson, ulid } from './protocol';
import { errorCode, insertEvents, inTransaction, lockDispatch, lockRun, memoisedSteps, write } from './store';
import { checkpointCall, type EventPayload, incomingEvent, withMergedSessions } from './wire';

const MAX_EVENTS = 5000;
const MAX_STEP_BYTES = 4 * 1024 * 1024;

export interface FetchOptions {
  sql: postgres.Sql;
  transactions: postgres.Sql;
  signingKey: string;
  stallMs: number;
  onEvents?: () => void;
  onProgress?: () => void;
  /** While true a checkpoint is stored, its job is given back, and the SDK is told to stop. */
  isDraining?: () => boolean;
}

const answer = (status: number, body: unknown) => Response.json(body, { status });
const runIdIn = (path: string, pattern: RegExp) => decodeURIComponent(pattern.exec(path)?.[1] ?? '');

/**
 * The server's side of the SDK as a `fetch`: sending an event is an insert, durable when it returns. Calls the embedded
 * engine does not offer are answered with 501.
 */
export function createEngineFetch(options: FetchOptions): typeof fetch {
  const authorization = bearer(options.signingKey);
  return (input, init) => bounded('an engine call', options.stallMs, receive(new Request(input, init)));

  async function receive(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    const body = request.method === 'GET' ? undefined : parsed(await request.text());
    if (/\/e\/[^/]+$/.test(pathname)) return receiveEvents(options, request, body);
    if (request.headers.get('authorization') !== authorization)
      return answer(401, { error: 'Unauthorized', status: 401 });
    if (/\/v1\/checkpoint\/[^/]+\/async$/.test(pathname)) {
      return checkpoint(options, runIdIn(pathname, /\/v1\/checkpoint\/([^/]+)\/async$/), body);
    }
    if (pathname.endsWith('/v1/signals')) return signal(options, body);
    return answer(501, { error: `The embedded engine does not offer ${pathname}`, status: 501 });
  }
}

function parsed(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** All events of one call are accepted or none; a repeated call with the same seed header adds nothing. */
async function receiveEvents(options: FetchOptions, request: Request, body: unknown): Promise<Response> {
  const given = z
    .array(incomingEvent)
    .max(MAX_EVENTS)
    .safeParse(Array.isArray(body) ? body : [body]);
  if (!given.success) return answer(400, { error: z.prettifyError(given.error), ids: [], status: 400 });
  const reserved = given.data.find((event) => event.name.startsWith('inngest/'));
  if (reserved) {
    return answer(400, {
      error: `"${reserved.name}": names beginning with inngest/ are reserved`,
      ids: [],
      status: 400,
    });
  }
  const seed = request.headers.get('x-inngest-event-id-seed');
  const now = Date.now();
  const seedMs = Number(seed?.split(',')[0]) || now;
  const payloads = given.data.map((event, index): EventPayload => {
    const meta = withMergedSessions(event.meta);
    return {
      id: event.id || ulid(seedMs, seed === null ? undefined : `${seed}:${index}`),
      name: event.name,
      data: event.data ?? {},
      ts: event.ts || now,
      user: event.user ?? {},
      ...(event.v ? { v: event.v } : {}),
      ...(meta ? { meta } : {}),
    };
  });
  try {
    await insertEvents(
      options.sql,
      payloads.map((payload) => ({ payload })),
    );
  } catch (error) {
    if (!/^22/.test(errorCode(error))) throw error;
    return answer(400, { error: 'An event holds text that PostgreSQL cannot store', ids: [], status: 400 });
  }
  options.onEvents?.();
  return answer(200, { ids: payloads.map((payload) => payload.id), status: 200 });
}

async function checkpoint(options: FetchOptions, runId: string, body: unknown): Promise<Response> {
  const call = checkpointCall.safeParse(body);
  if (!call.success) return answer(400, { error: 'unreadable checkpoint', status: 400 });
  const { qi_id: jobId, generation_id: generation, steps } = call.data;
  const results = steps.map((step) => canonicalJson({ data: step.data ?? null }));
  if (results.some((result) => result.length > MAX_STEP_BYTES)) {
    return answer(413, { error: 'The result of a step is larger than 4 MiB', status: 413 });
  }
  const draining = options.isDraining?.() === true;
  if (!draining && steps.every((step) => step.op === 'StepRun')) {
    const column = (pick: (step: (typeof steps)[number]) => string | null) => steps.map(pick);
    const [held] = await options.sql`
      with held as (
        select r.id as run_id, j.id as job_id, j.attempt, j.lost from engine.run r join engine.job j on j.run_id = r.id
        where r.id = ${runId} and r.status = 'running' and r.pending = '{}' and j.id = ${jobId}
          and j.generation = ${generation} and j.owner is not null for no key update of r, j
      ), recorded as (
        insert into engine.step (run_id, id, op, name, result)
        select held.run_id, s.id, s.op, s.name, s.result::json from held cross join unnest(${column((s) => s.id)}::text[],
          ${column((s) => s.op)}::text[], ${column((s) => s.displayName ?? s.name ?? null)}::text[], ${results}::text[])
          with ordinality s(id, op, name, result, position)
        order by s.position on conflict do nothing
      ), renewed as (
        update engine.job j set attempt = 0, lost = 0 from held
        where j.id = held.job_id and (held.attempt > 0 or held.lost > 0)
      )
      select 1 from held`;
    if (held) return answer(200, {});
  }
  return inTransaction(options.transactions, async (tx) => {
    const held = await lockDispatch(tx, { runId, jobId, generation });
    if (!held) return answer(409, { error: 'stale dispatch', status: 409 });
    held.transition.apply({ ops: steps, mayRetry: false }, undefined, await memoisedSteps(tx, runId));
    await tx`update engine.job set attempt = 0, lost = 0 where id = ${jobId}`;
    await write(tx, held.transition);
    if (!draining || held.transition.finish) return answer(200, {});
    await tx`update engine.job set owner = null, lease_until = null, run_at = clock_timestamp(),
      generation = generation + 1 where id = ${jobId}`;
    return answer(409, { error: 'the executor is stopping', status: 409 });
  });
}

const signalCall = z.object({ signal: z.string(), data: z.unknown() });

async function signal(options: FetchOptions, body: unknown): Promise<Response> {
  const call = signalCall.safeParse(body);
  if (!call.success) return answer(400, { error: 'unreadable signal', status: 400 });
  const runId = await inTransaction(options.transactions, async (tx) => {
    const [found] = await tx<{ runId: string }[]>`
      select run_id as "runId" from engine.wait where kind = 'signal' and event = ${call.data.signal} limit 1`;
    const transition = found && (await lockRun(tx, found.runId));
    if (!transition) return undefined;
    const [wait] = await tx<{ stepId: string; mode: string | null }[]>`
      delete from engine.wait where run_id = ${found.runId} and kind = 'signal' and event = ${call.data.signal}
      returning step_id as "stepId", mode`;
    if (!wait) return undefined;
    transition.answeredWaits.push(wait.stepId);
    transition.resolve({ id: wait.stepId, op: 'WaitForSignal', mode: wait.mode }, { data: call.data });
    await write(tx, transition);
    return found.runId;
  });
  if (!runId) return answer(404, { error: 'signal not found', status: 404 });
  options.onProgress?.();
  return answer(200, { data: { run_id: runId } });
}
