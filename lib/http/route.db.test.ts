import { createHash } from 'node:crypto';
import { NextRequest } from 'next/server';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { sealSessionCookie, workspaceCookie } from '@/lib/auth/session-cookie';
import { endSession, startSession } from '@/lib/auth/user-session';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { formatApiKey } from '@/lib/domain/api-key';
import { AppError } from '@/lib/errors';
import { keysOfProcess } from '@/lib/features/api-keys/known-keys';
import { RetryAfter } from '@/lib/http/retry-after';
import { route } from '@/lib/http/route';

const KEY = formatApiKey(true, new Uint8Array(32).fill(7));
const ORIGIN = 'http://localhost:3000';
let database: TestDatabase;
let cookie = '';
let sessionId = '';

const echo = route({
  summary: 'Says what it was given',
  permission: 'runs.read',
  params: z.object({ runId: z.string().startsWith('run_') }),
  query: z.strictObject({ limit: z.coerce.number().int().max(10).default(5), tag: z.array(z.string()).optional() }),
  body: z.object({ name: z.string().min(1, 'must not be empty') }),
  status: 201,
  handle: async ({ ctx, params, query, body }) => ({
    workspace: ctx.workspaceId,
    actor: ctx.actor.type,
    params,
    query,
    body,
  }),
});
const failing = (error: unknown) =>
  route({ summary: 'Fails', permission: null, handle: () => Promise.reject(error) })(ask(), {
    params: Promise.resolve({}),
  });

function ask(
  headers: Record<string, string> = { authorization: `Bearer ${KEY}` },
  init: { query?: string; body?: string } = {},
) {
  return new NextRequest(`${ORIGIN}/api/v1/runs/run_1${init.query ?? ''}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: init.body ?? '{"name":"x"}',
  });
}
/** As seen once what the process believes of keys is over. */
async function changeKey(assignments: string) {
  await pool().unsafe(`update api_keys set ${assignments}`);
  keysOfProcess().forget();
}
const call = (request: NextRequest, runId = 'run_1') => echo(request, { params: Promise.resolve({ runId }) });

beforeAll(async () => {
  vi.stubEnv('WAYBILL_SECRET', 'x'.repeat(32));
  vi.stubEnv('DATABASE_URL', 'postgres://unused');
  database = await testDatabase();
  await openPoolAt(database.url);
  const sql = pool();
  await sql`insert into workspaces (id, name, slug) values ('wsp_a', 'A', 'a'), ('wsp_b', 'B', 'b')`;
  await sql`insert into users (id, email, name) values ('usr_1', 'ada@example.com', 'Ada')`;
  await sql`insert into members (workspace_id, user_id, role, created_at) values
    ('wsp_a', 'usr_1', 'viewer', now() - interval '1 day'), ('wsp_b', 'usr_1', 'owner', now())`;
  const digest = createHash('sha256').update(KEY).digest('hex');
  await sql`insert into api_keys (id, workspace_id, name, prefix, secret_sha256, live, scopes, created_by)
    values ('key_1', 'wsp_b', 'CRM', 'wbk_live_01', ${digest}, true, '["runs.read","nonsense"]', 'usr_1')`;
});
beforeEach(async () => {
  sessionId = await startSession({ userId: 'usr_1', startedBy: 'password', ip: null, userAgent: null });
  const sealed = await sealSessionCookie('usr_1', sessionId);
  cookie = `${sealed.name}=${sealed.value}`;
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await closePool();
  await database.drop();
});

describe('a declared route', () => {
  it('hands parsed input to its handler and answers with its status', async () => {
    const response = await call(ask(undefined, { query: '?limit=7&tag=a&tag=b' }));
    expect(response.status).toBe(201);
    expect(await response.json()).toEqual({
      workspace: 'wsp_b',
      actor: 'api_key',
      params: { runId: 'run_1' },
      query: { limit: 7, tag: ['a', 'b'] },
      body: { name: 'x' },
    });
    expect(response.headers.get('x-request-id')).toMatch(/^req_/);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('names every wrong field of path, query and body at once', async () => {
    const response = await call(ask(undefined, { query: '?limit=99&limit=3&page=2', body: '{"name":""}' }), 'x');
    expect(response.status).toBe(422);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    const problem = await response.json();
    expect(problem).toMatchObject({ code: 'invalid', status: 422, request_id: expect.stringMatching(/^req_/) });
    expect(problem.errors.map((error: { field: string }) => error.field)).toEqual(['runId', 'limit', '', 'name']);
  });

  it('refuses a body that is not JSON', async () => {
    expect((await call(ask(undefined, { body: '{' }))).status).toBe(422);
    expect((await call(ask({ authorization: `Bearer ${KEY}`, 'content-type': 'text/plain' }))).status).toBe(422);
  });

  it('maps each error of a verb to its own status and sentence', async () => {
    const codes = {
      invalid: 422,
      not_found: 404,
      conflict: 409,
      precondition: 412,
      forbidden: 403,
      limit: 429,
    } as const;
    for (const [code, status] of Object.entries(codes)) {
      const response = await failing(new AppError(code as keyof typeof codes, 'A sentence.'));
      expect(response.status).toBe(status);
      expect(await response.json()).toMatchObject({
        code,
        detail: 'A sentence.',
        type: expect.stringContaining('problem-'),
      });
    }
    const limited = await failing(new AppError('limit', 'Slower.', { cause: new RetryAfter(17) }));
    expect(limited.headers.get('retry-after')).toBe('17');
  });

  it('shows nothing of an unexpected error but the number under which it is logged', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const response = await failing(new Error('password=hunter2 at /srv/app.ts'));
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(text).not.toMatch(/hunter2|srv/);
    expect(log.mock.calls[0]?.[0]).toContain(response.headers.get('x-request-id'));
    log.mockRestore();
  });
});

describe('who may call it', () => {
  it('is nobody without a key or a session', async () => {
    const none = await call(ask({}));
    expect([none.status, none.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="waybill"']);
    for (const authorization of ['Bearer wrong-key-0123456789', 'Bearer ', 'Basic abc', `Bearer ${KEY}x`]) {
      expect((await call(ask({ authorization }))).status).toBe(401);
    }
  });

  it('is a key with the scope, until it is revoked; a cookie beside a key is not looked at', async () => {
    const bad = { authorization: 'Bearer wrong-key-0123456789', cookie, 'sec-fetch-site': 'same-origin' };
    expect((await call(ask(bad))).status).toBe(401);
    await changeKey(`scopes = '["contacts.read"]'`);
    expect((await call(ask())).status).toBe(403);
    await changeKey(`scopes = '["runs.read"]', expires_at = now() - interval '1 second'`);
    expect((await call(ask())).status).toBe(401);
    await changeKey('expires_at = null, revoked_at = now()');
    expect((await call(ask())).status).toBe(401);
    await changeKey('revoked_at = null');
    expect((await call(ask())).status).toBe(201);
  });

  it('is a session from our own pages only', async () => {
    const own = await call(ask({ cookie, origin: ORIGIN, 'sec-fetch-site': 'same-origin' }));
    expect(await own.json()).toMatchObject({ workspace: 'wsp_a', actor: 'user' });
    expect((await call(ask({ cookie, origin: ORIGIN }))).status).toBe(201);
    const foreign: Record<string, string>[] = [
      {},
      { origin: 'null' },
      { origin: 'https://evil.test' },
      { origin: 'http://sub.localhost:3000' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site', origin: ORIGIN },
      { 'sec-fetch-site': 'none' },
      { origin: 'null', 'sec-fetch-site': 'same-origin' },
    ];
    for (const headers of foreign)
      expect((await call(ask({ cookie, ...headers }))).status, JSON.stringify(headers)).toBe(403);
  });

  it('acts in the workspace last switched to, never in a foreign one', async () => {
    const own = { origin: ORIGIN, 'sec-fetch-site': 'same-origin' };
    const { name } = workspaceCookie();
    const inB = await call(ask({ ...own, cookie: `${cookie}; ${name}=wsp_b` }));
    expect(await inB.json()).toMatchObject({ workspace: 'wsp_b' });
    const foreign = await call(ask({ ...own, cookie: `${cookie}; ${name}=wsp_zzz` }));
    expect(await foreign.json()).toMatchObject({ workspace: 'wsp_a' });
  });

  it('is nobody any more once the session was ended, or the cookie changed', async () => {
    const own = { origin: ORIGIN, 'sec-fetch-site': 'same-origin' };
    expect((await call(ask({ ...own, cookie: `${cookie.slice(0, -4)}AAAA` }))).status).toBe(401);
    await endSession(sessionId);
    expect((await call(ask({ ...own, cookie }))).status).toBe(401);
  });
});
