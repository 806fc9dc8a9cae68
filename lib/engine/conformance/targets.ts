import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Inngest, type InngestFunction } from 'inngest';
import { serve as serveEdge } from 'inngest/edge';
import { serve as serveNode } from 'inngest/node';
import postgres from 'postgres';
import { createEngine, type EngineOptions } from '../engine';
import { SESSION_OPTIONS } from '../liveness';
import { Effects, type Kit, type ObservedRun, type Target } from './kit';

export const SIGNING_KEY = `signkey-embedded-${'5a'.repeat(32)}`;
export const silent = { info: () => undefined, warn: () => undefined, error: () => undefined, debug: () => undefined };

export interface RunningTarget {
  target: Target;
  kit: Kit;
  stop(): Promise<void>;
}
type Build = (kit: Kit) => InngestFunction.Any[];

/** Engine, client and functions in this process, on the given database. */
export async function startEmbedded(
  databaseUrl: string,
  build: Build,
  more: Partial<EngineOptions> = {},
): Promise<RunningTarget & { sql: postgres.Sql; engine: ReturnType<typeof createEngine> }> {
  const sql = postgres(databaseUrl, { max: 12, onnotice: () => undefined });
  const engine = createEngine({
    sql,
    session: () => postgres(databaseUrl, { ...SESSION_OPTIONS, onnotice: () => undefined }),
    signingKey: SIGNING_KEY,
    appId: 'conformance',
    concurrency: 12,
    backoffMs: () => 200,
    ...more,
  });
  await engine.migrate();
  const effects = new Effects(sql);
  await effects.create();
  const inngest = new Inngest({
    id: 'conformance',
    isDev: false,
    eventKey: 'embedded',
    signingKey: SIGNING_KEY,
    fetch: engine.fetch,
    logger: silent,
  });
  const kit: Kit = { inngest, on: (event) => `t/${event}`, effects };
  const handler = serveEdge({ client: inngest, functions: build(kit), enableUnauthedSync: false });
  const { drain } = await engine.start(handler);
  const runs = async (eventId: string): Promise<ObservedRun[]> => engine.admin.listRuns({ eventId });
  const stop = async () => {
    await drain();
    await sql.end({ timeout: 5 });
  };
  return { target: { name: 'embedded', earlyMs: 50, runs }, kit, stop, sql, engine };
}

/** The same functions served over HTTP to a real Inngest dev server at `url`. */
export async function startInngest(url: string, databaseUrl: string, build: Build): Promise<RunningTarget> {
  const sql = postgres(databaseUrl, { max: 6, onnotice: () => undefined });
  const effects = new Effects(sql);
  await effects.create();
  const appId = `conformance-${Date.now().toString(36)}`;
  const inngest = new Inngest({ id: appId, isDev: true, baseUrl: url, logger: silent });
  const kit: Kit = { inngest, on: (event) => `${appId}/${event}`, effects };
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const handler = serveNode({ client: inngest, functions: build(kit), serveOrigin: origin, servePath: '/api/inngest' });
  server.on('request', handler);
  const sync = await fetch(`${origin}/api/inngest`, { method: 'PUT' });
  if (!sync.ok) throw new Error(`The Inngest server refused the functions: ${sync.status} ${await sync.text()}`);
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await sql.end({ timeout: 5 });
  };
  return { target: { name: 'inngest', earlyMs: 150, runs: (eventId) => runsOfEvent(url, eventId) }, kit, stop };
}

interface Trace {
  run: { status: string; trace: { status: string; outputID: string | null } | null } | null;
}
interface Output {
  runTraceSpanOutputByID: { data: string | null; error: { message: string; name: string } | null };
}

/** The dev server's list of runs has no output: status and output are read from the trace. */
async function runsOfEvent(url: string, eventId: string): Promise<ObservedRun[]> {
  const response = await fetch(`${url}/v1/events/${eventId}/runs`, { headers: { authorization: 'Bearer test' } });
  const { data } = (await response.json()) as { data: { run_id: string }[] | null };
  return Promise.all((data ?? []).map(({ run_id }) => runOf(url, run_id)));
}

async function runOf(url: string, runId: string): Promise<ObservedRun> {
  const traceQuery = 'query ($id: String!) { run(runID: $id) { status trace(preview: true) { status outputID } } }';
  const { run } = await ask<Trace>(url, traceQuery, runId);
  const status = (run?.trace?.status ?? run?.status ?? '').toLowerCase();
  if (!run?.trace?.outputID) return { id: runId, status, output: null };
  const outputQuery = 'query ($id: String!) { runTraceSpanOutputByID(outputID: $id) { data error { message name } } }';
  const { runTraceSpanOutputByID: found } = await ask<Output>(url, outputQuery, run.trace.outputID);
  return { id: runId, status, output: found.error ?? unwrapped(found.data) };
}

/** A run without a result is told by an empty text. */
function unwrapped(text: string | null): unknown {
  const value: unknown = text ? JSON.parse(text) : null;
  const wrapped = typeof value === 'object' && value !== null && 'data' in value && Object.keys(value).length === 1;
  return wrapped ? value.data : value;
}

async function ask<T>(url: string, query: string, id: string): Promise<T> {
  const body = JSON.stringify({ query, variables: { id } });
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${url}/v0/gql`, { method: 'POST', headers, body });
  return ((await response.json()) as { data: T }).data;
}
