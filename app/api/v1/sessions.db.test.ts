import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { askOf, type ContractFixture, contractFixture, ENDPOINTS, shownBody, stateOf } from '@/app/api/v1/testing';
import { sealSessionCookie } from '@/lib/auth/session-cookie';
import { startSession } from '@/lib/auth/user-session';
import { pool } from '@/lib/db/client';
import { type Role, roleMay } from '@/lib/domain/role';

vi.mock('@/lib/jobs/client', () => ({ inngest: () => ({ send: async () => undefined }) }));

const ORIGIN = 'http://localhost:3000';
let fixture: ContractFixture;
const cookies = new Map<Role, string>();

/** Somebody with this role in our workspace, signed in. */
async function signIn(role: Role): Promise<string> {
  const userId = `usr_${role}`;
  const { workspaceId } = fixture.ours.ctx;
  await pool()`insert into users (id, email, name) values (${userId}, ${`${role}@example.com`}, ${role})`;
  await pool()`insert into members (workspace_id, user_id, role) values (${workspaceId}, ${userId}, ${role})`;
  const sessionId = await startSession({ userId, startedBy: 'password', ip: null, userAgent: null });
  const { name, value } = await sealSessionCookie(userId, sessionId);
  return `${name}=${value}`;
}

beforeAll(async () => {
  vi.stubEnv('APP_URL', ORIGIN);
  fixture = await contractFixture();
  for (const role of ['owner', 'service_agent', 'viewer'] as const) cookies.set(role, await signIn(role));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await fixture.end();
});

const writes = ENDPOINTS.filter(({ method }) => method !== 'GET');
const ELSEWHERE: Record<string, string>[] = [
  {},
  { origin: 'null' },
  { origin: 'https://evil.example' },
  { origin: 'http://sub.localhost:3000' },
  { origin: 'http://localhost:3001' },
  { origin: ORIGIN, 'sec-fetch-site': 'cross-site' },
  { origin: ORIGIN, 'sec-fetch-site': 'same-site' },
];

describe('a write with the cookie of an owner', () => {
  it.each(writes)('$name is refused from everywhere but our own pages, and does nothing', async (endpoint) => {
    const cookie = cookies.get('owner') ?? '';
    const before = await stateOf(fixture.ours.ctx.workspaceId);
    for (const headers of ELSEWHERE) {
      const answer = await askOf(fixture, endpoint, {
        headers: { ...headers, cookie },
        body: shownBody(fixture, endpoint),
      });
      expect(answer.status, JSON.stringify(headers)).toBe(403);
      expect((await answer.json()).code).toBe('forbidden');
    }
    expect(await stateOf(fixture.ours.ctx.workspaceId)).toBe(before);
  });
});

describe.each(['service_agent', 'viewer'] as const)('a %s', (role) => {
  const closed = ENDPOINTS.filter(({ declaration: { permission } }) => permission && !roleMay(role, permission));

  it('is kept from something', () => expect(closed.length).toBeGreaterThan(40));

  it.each(closed)('may not $name, though the address is known', async (endpoint) => {
    const headers = { origin: ORIGIN, 'sec-fetch-site': 'same-origin', cookie: cookies.get(role) ?? '' };
    const before = await stateOf(fixture.ours.ctx.workspaceId);
    const answer = await askOf(fixture, endpoint, { headers, body: shownBody(fixture, endpoint) });
    expect(answer.status).toBe(403);
    expect(await stateOf(fixture.ours.ctx.workspaceId)).toBe(before);
  });
});

it('what a service agent reads of a person past the desk is noted like a look-up; what a viewer reads is not', async () => {
  const reads = ['/contacts/{contactId}', '/contacts/lookup', '/contacts/history', '/contacts/{contactId}/history'];
  const noted = async () => {
    const rows = await pool()<{ who: string }[]>`
      select distinct actor ->> 'id' as who from audit_log
      where workspace_id = ${fixture.ours.ctx.workspaceId} and action = 'service.looked_up' and data ->> 'via' = 'api'`;
    return rows.map(({ who }) => who);
  };
  for (const path of reads) {
    await pool()`alter table audit_log disable trigger all`;
    await pool()`delete from audit_log where action = 'service.looked_up'`;
    await pool()`alter table audit_log enable trigger all`;
    for (const role of ['viewer', 'service_agent'] as const) {
      const endpoint = ENDPOINTS.find((one) => one.method === 'GET' && one.path === path);
      if (!endpoint) throw new Error(path);
      const answer = await askOf(fixture, endpoint, { headers: { origin: ORIGIN, cookie: cookies.get(role) ?? '' } });
      expect(answer.status, path).toBe(200);
    }
    expect(await noted(), path).toEqual(['usr_service_agent']);
  }
});

it('a service agent reaches nothing but the desk', () => {
  const open = ENDPOINTS.filter(
    ({ declaration: { permission } }) => permission && roleMay('service_agent', permission),
  );
  const elsewhere = open.filter(
    ({ path }) => !/^\/service\/|^\/contacts\/(?:\{contactId\}\/panel-link|.*history)/.test(path),
  );
  expect(elsewhere.map(({ name }) => name)).toEqual([]);
  const files = open.filter(
    ({ declaration: { mediaType }, path }) => mediaType?.includes('csv') || path.includes('csv'),
  );
  expect(files).toEqual([]);
});
