import { createServer, type IncomingMessage } from 'node:http';
import postgres from 'postgres';
import { createEngineFetch } from '../engine-fetch';
import { Executor } from '../executor';
import { SESSION_OPTIONS } from '../liveness';
import { bearer } from '../protocol';
import { Registry } from '../registry';
import { migrateEngine } from '../schema';
import { functionConfig } from '../wire';

/**
 * `tsx shim.ts <port> <databaseUrl>`: the embedded engine behind the part of an Inngest dev server's HTTP surface that the
 * integration tests of Inngest's own SDK use (registration by the app, three GraphQL queries). For running that suite by
 * hand; it trusts whoever registers, so it is nothing to keep running.
 */
const [port = '8288', databaseUrl = ''] = process.argv.slice(2);
const signingKey = `signkey-test-${'7e'.repeat(32)}`;
const quiet = { onnotice: () => undefined };
const sql = postgres(databaseUrl, { max: 6, ...quiet });
const transactions = postgres(databaseUrl, { max: 12, ...quiet });
await migrateEngine(sql);

const registry = new Registry(sql, transactions);
const appUrls = new Map<string, string>();
const answer = (body: unknown, status = 200) => Response.json(body, { status });

/** Calls the app that registered the function. */
async function callApp(request: Request): Promise<Response> {
  if (request.method === 'PUT') return answer({ app_id: 'shim', functions: [] });
  const { searchParams } = new URL(request.url);
  const target = appUrls.get(searchParams.get('fnId') ?? '');
  if (!target) return answer({ error: 'unknown function' }, 404);
  const headers = Object.fromEntries([...request.headers].filter(([name]) => name !== 'host'));
  return fetch(`${target.split('?')[0]}?${searchParams}`, { method: 'POST', headers, body: await request.text() });
}

const options = {
  sql,
  transactions,
  session: () => postgres(databaseUrl, { ...SESSION_OPTIONS, ...quiet }),
  registry,
  signingKey,
  appId: 'shim',
  leaseMs: 10_000,
  concurrency: 40,
  stallMs: 15_000,
  onBroken: (error: Error) => console.error(error),
  backoffMs: () => 1000,
  passing: () => undefined,
  log: (line: string) => console.error(line),
};
const executor = new Executor(options, callApp);
await executor.start();
const wake = () => executor.inbox.wake();
const engineFetch = createEngineFetch({
  sql,
  transactions,
  signingKey,
  stallMs: 15_000,
  onEvents: wake,
  onProgress: wake,
});

interface RegisterCall {
  appName: string;
  url: string;
  functions: { steps: { step: { runtime: { url: string } } } }[];
}
async function register(call: RegisterCall): Promise<Response> {
  const configs = call.functions.map((fn) => functionConfig.parse(fn));
  for (const [index, config] of configs.entries()) {
    appUrls.set(config.id, call.functions[index]?.steps.step.runtime.url ?? call.url);
  }
  await registry.register(call.appName, configs);
  return answer({ ok: true, modified: true });
}

async function graphql(query: string, variables: Record<string, string>): Promise<unknown> {
  const id = variables.runId ?? variables.runID ?? variables.traceID ?? variables.id ?? '';
  const [run] = await sql<{ status: string; output: { message?: string; name?: string } | null }[]>`
    select status, output from engine.run where id = ${id}`;
  if (query.includes('runTraceSpanOutputByID')) {
    const error = { message: run?.output?.message ?? '', name: run?.output?.name ?? 'Error' };
    if (run?.status === 'failed') return { runTraceSpanOutputByID: { data: null, error } };
    return { runTraceSpanOutputByID: { data: JSON.stringify(run?.output ?? null), error: null } };
  }
  if (query.includes('eventV2')) {
    const [event] = await sql<{ name: string; raw: string }[]>`
      select name, payload::text as raw from engine.event where id = ${id}`;
    return { eventV2: event ?? null };
  }
  const status = run?.status.toUpperCase();
  const span = { name: '', stepID: null, spanID: '', metadata: [], childrenSpans: [] };
  return { run: run ? { status, trace: { status, outputID: id, ...span } } : null };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

async function respond(request: IncomingMessage): Promise<Response> {
  const body = await bodyOf(request);
  const path = request.url ?? '/';
  if (path === '/dev') return answer({ version: 'shim', functions: [], startOpts: {} });
  if (path.startsWith('/fn/register')) return register(JSON.parse(body));
  if (path.startsWith('/v0/gql')) {
    const { query, variables } = JSON.parse(body);
    return answer({ data: await graphql(query, variables) });
  }
  const seed = request.headers['x-inngest-event-id-seed'];
  const headers = {
    authorization: bearer(signingKey),
    ...(typeof seed === 'string' ? { 'x-inngest-event-id-seed': seed } : {}),
  };
  const method = request.method ?? 'GET';
  return engineFetch(`http://shim${path}`, { method, headers, ...(body ? { body } : {}) });
}

const server = createServer(async (request, response) => {
  const reply = await respond(request).catch((error: unknown) => answer({ error: String(error), status: 500 }, 500));
  response.writeHead(reply.status, { 'content-type': 'application/json' });
  response.end(await reply.text());
});
server.listen(Number(port), '127.0.0.1', () => console.log(`listening on ${port}`));
process.on('SIGTERM', () => {
  server.closeAllConnections();
  server.close();
  void executor.drain().finally(() => process.exit(0));
});
