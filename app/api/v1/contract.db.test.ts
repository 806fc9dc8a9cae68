import { NextRequest } from 'next/server';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import {
  type Ask,
  askOf,
  type ContractFixture,
  contractFixture,
  ENDPOINTS,
  type Endpoint,
  NEEDED_QUERY,
  shownBody,
  stateOf,
} from '@/app/api/v1/testing';
import { pool } from '@/lib/db/client';
import { placeChanges } from '@/lib/features/webhooks/place-changes';
import type { Method } from '@/lib/http/openapi';

const sent = vi.hoisted(() => [] as unknown[]);
vi.mock('@/lib/jobs/client', () => ({ inngest: () => ({ send: async (event: unknown) => sent.push(event) }) }));

let fixture: ContractFixture;
let keys: ContractFixture['keys'];
const ask = (endpoint: Endpoint, asked: Ask = {}) => askOf(fixture, endpoint, asked);

const withBody = ENDPOINTS.filter(({ declaration }) => declaration.body && !declaration.body.safeParse({}).success);
const withExample = ENDPOINTS.filter(({ declaration }) => declaration.example !== undefined);
const withSample = ENDPOINTS.filter(({ declaration }) => declaration.sample !== undefined);
const reads = ENDPOINTS.filter(({ method }) => method === 'GET');

beforeAll(async () => {
  fixture = await contractFixture();
  keys = fixture.keys;
});
afterAll(() => fixture.end());

describe('every endpoint', () => {
  it.each(ENDPOINTS)('$name asks for a key', async (endpoint) => {
    for (const key of [undefined, keys.revoked, `${keys.full.slice(0, -1)}#`]) {
      const response = await ask(endpoint, { key });
      expect(response.status).toBe(401);
      expect(response.headers.get('content-type')).toBe('application/problem+json');
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
      expect(response.headers.get('x-request-id')).toBe((await response.json()).request_id);
    }
  });

  it.each(ENDPOINTS.filter(({ declaration }) => declaration.permission !== null))(
    '$name refuses a key without its scope',
    async (endpoint) => {
      const { permission } = endpoint.declaration;
      const key = permission === 'keys.manage' ? keys.eraser : keys.idle;
      const response = await ask(endpoint, { key, body: endpoint.method === 'GET' ? undefined : {} });
      expect(response.status).toBe(403);
      expect((await response.json()).detail).toContain(permission);
    },
  );
});

describe('a body', () => {
  it.each(withBody)('of $name is refused when it is missing or empty, and what is wrong is named', async (endpoint) => {
    for (const body of [undefined, {}, [], 'text', null]) {
      const response = await ask(endpoint, { key: keys.full, body });
      expect(response.status).toBe(422);
      const problem = await response.json();
      expect(problem.code).toBe('invalid');
      expect(problem.errors.length).toBeGreaterThan(0);
    }
  });

  it.each(withExample)('of $name is refused for each field of another type', async (endpoint) => {
    const example = endpoint.declaration.example as Record<string, unknown>;
    for (const field of Object.keys(example)) {
      const body = { ...example, [field]: { of: ['another', 'type'] } };
      if (endpoint.declaration.body?.safeParse(body).success) continue;
      const response = await ask(endpoint, { key: keys.full, body });
      expect(response.status, field).toBe(422);
      expect((await response.json()).errors.some((one: { field: string }) => one.field.startsWith(field))).toBe(true);
    }
  });

  it.each(withExample)('of $name that is no JSON, or is not said to be, is refused', async (endpoint) => {
    const plain = await ask(endpoint, {
      key: keys.full,
      body: endpoint.declaration.example,
      headers: { 'content-type': 'text/plain' },
    });
    expect(plain.status).toBe(422);
  });
});

describe('a name that an operation does not have', () => {
  it.each(ENDPOINTS)('is refused by $name, and named', async (endpoint) => {
    const { body: schema } = endpoint.declaration;
    const query = `${NEEDED_QUERY[endpoint.name] ?? ''}${NEEDED_QUERY[endpoint.name] ? '&' : '?'}dry_run=true`;
    const asked = await ask(endpoint, { key: keys.full, query, body: schema && shownBody(fixture, endpoint) });
    expect(asked.status).toBe(422);
    expect((await asked.json()).errors.map((one: { field: string }) => one.field)).toContain('dry_run');
    if (!schema) return;
    const body = { ...(shownBody(fixture, endpoint) as object), dry_run: true };
    const sent = await ask(endpoint, { key: keys.full, body });
    expect(sent.status).toBe(422);
    expect(JSON.stringify((await sent.json()).errors)).toContain('dry_run');
  });
});

describe('a query', () => {
  const counted = reads.filter(({ declaration }) => {
    const probe = declaration.query?.safeParse({ limit: 'many' });
    return probe?.success === false && probe.error.issues.some(({ path }) => path[0] === 'limit');
  });
  it.each(counted)('of $name is refused for a limit or a cursor of another type', async (endpoint) => {
    const needed = NEEDED_QUERY[endpoint.name]?.replace('?', '&') ?? '';
    for (const query of ['?limit=many', '?limit=0', '?limit=1&limit=2', '?limit=1000000']) {
      const response = await ask(endpoint, { key: keys.full, query: query + needed });
      expect(response.status, query).toBe(422);
      expect((await response.json()).errors[0].field).toBe('limit');
    }
    const cursor = await ask(endpoint, { key: keys.full, query: `?cursor=damaged${needed}` });
    expect([200, 422]).toContain(cursor.status);
  });
});

describe('a read', () => {
  it.each(reads)('$name answers what its declaration says', async (endpoint) => {
    const response = await ask(endpoint, { key: keys.full });
    expect(response.status, response.status === 200 ? '' : await response.clone().text()).toBe(200);
    const { answer, mediaType } = endpoint.declaration;
    if (mediaType) expect(response.headers.get('content-type')).toContain(mediaType);
    if (!answer) return;
    const parsed = answer.safeParse(await response.json());
    expect(parsed.success ? '' : z.prettifyError(parsed.error)).toBe('');
  });
});

describe('a write with its example', () => {
  const keyed = withExample.filter(({ declaration }) => !declaration.isSecret);

  it.each(withExample)('$name does it, once per Idempotency-Key', async (endpoint) => {
    const { example: body, isSecret, status = 200, answer } = endpoint.declaration;
    const headers: Record<string, string> = isSecret ? {} : { 'idempotency-key': endpoint.name.replaceAll(' ', ':') };
    const first = await ask(endpoint, { key: keys.full, body, headers });
    const text = await first.text();
    expect(first.status, text).toBe(status);
    const parsed = answer?.safeParse(JSON.parse(text));
    expect(parsed?.success === false ? z.prettifyError(parsed.error) : '').toBe('');
    if (isSecret) return;
    const before = await stateOf(fixture.ours.ctx.workspaceId);
    const again = await ask(endpoint, { key: keys.full, body, headers });
    expect([again.status, await again.text()]).toEqual([first.status, text]);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(await stateOf(fixture.ours.ctx.workspaceId)).toBe(before);
  });

  it.each(keyed)('$name is done by one of many at the same moment; the others are told so', async (endpoint) => {
    const { example: body, status = 200 } = endpoint.declaration;
    const headers = { 'idempotency-key': `at-once:${endpoint.name.replaceAll(' ', ':')}` };
    const asked = () => ask(endpoint, { key: keys.full, body, headers });
    const answers = await Promise.all(Array.from({ length: 6 }, asked));
    const texts = await Promise.all(answers.map((answer) => answer.text()));
    const firsts = answers.filter((answer) => !answer.headers.has('idempotent-replayed') && answer.status !== 409);
    // what the example makes may be there already: then the one that is carried out is refused, and gives its key back
    const [done] = firsts;
    if (done?.status === status) expect(firsts.length, texts.join('\n')).toBe(1);
    for (const answer of answers) expect([status, 409, done?.status]).toContain(answer.status);
    const bodies = new Set(texts.filter((_, n) => answers[n]?.status === status));
    expect(bodies.size).toBeLessThanOrEqual(1);
  });

  it.each(keyed)('$name refuses a key that was used for something else', async (endpoint) => {
    const headers = { 'idempotency-key': 'for-something-else' };
    const other = keyed.find(({ name }) => name !== endpoint.name && name === 'POST /lists') ?? keyed[0];
    if (!other || other.name === endpoint.name) return;
    const name = { name: 'Kept under this key' };
    await ask(other, { key: keys.full, body: name, headers });
    const response = await ask(endpoint, { key: keys.full, body: endpoint.declaration.example, headers });
    expect(response.status).toBe(422);
    expect((await response.json()).detail).toContain('Idempotency-Key');
  });
});

describe('a write with what the documentation shows', () => {
  it('is shown for every operation that takes a body', () => {
    const bare = ENDPOINTS.filter(
      ({ declaration }) => declaration.body && declaration.example === undefined && declaration.sample === undefined,
    );
    expect(bare.map(({ name }) => name)).toEqual([]);
  });

  it.each(withSample)('$name is understood; only what is there can keep it from being done', async (endpoint) => {
    const { status = 200 } = endpoint.declaration;
    const response = await ask(endpoint, { key: keys.full, body: shownBody(fixture, endpoint) });
    expect([status, 404, 409, 412], await response.clone().text()).toContain(response.status);
  });
});

describe('a key of another workspace', () => {
  it('sees nothing of ours and changes nothing, whatever it calls', async () => {
    await placeChanges();
    const { workspaceId } = fixture.ours.ctx;
    const before = await stateOf(workspaceId);
    const shared = ['key', 'n', 'starterId'];
    const ids = Object.entries(fixture.params).flatMap(([name, id]) => (shared.includes(name) ? [] : [id]));
    const seen: string[] = [];
    for (const endpoint of ENDPOINTS) {
      const body = shownBody(fixture, endpoint);
      const response = await ask(endpoint, { key: keys.foreign, body });
      const text = await response.text();
      expect(response.status, endpoint.name).not.toBe(500);
      const leaks = [workspaceId, ...ids].some((id) => text.includes(id));
      if (response.status < 300 && leaks) seen.push(`${endpoint.name} ${response.status}`);
    }
    expect(seen).toEqual([]);
    expect(await stateOf(workspaceId)).toBe(before);
  });
});

describe('a test key', () => {
  it('cannot make itself able to send: no live key, no provider connected or changed', async () => {
    const find = (name: string) => {
      const endpoint = ENDPOINTS.find((one) => one.name === name);
      if (!endpoint) throw new Error(name);
      return endpoint;
    };
    const make = find('POST /keys');
    const scopes = ['keys.manage', 'providers.manage'];
    const made = await ask(make, { key: keys.full, body: { name: 'Test', live: false, scopes } });
    const { key } = await made.json();
    expect(key).toMatch(/^wb_test_/);
    // when a key was last used is kept with it
    const seen = async () =>
      await pool()`
      select (select count(*) from api_keys) as keys, (select md5(string_agg(p::text, '|' order by id)) from provider_accounts p) as providers`;
    const before = await seen();
    for (const live of [true, undefined]) {
      expect((await ask(make, { key, body: { name: 'Live', live, scopes: ['keys.manage'] } })).status).toBe(403);
    }
    for (const name of ['POST /providers', 'PATCH /providers/{providerId}']) {
      expect((await ask(find(name), { key, body: shownBody(fixture, find(name)) })).status, name).toBe(403);
    }
    expect([...(await seen())]).toEqual([...before]);
    expect((await ask(make, { key, body: { name: 'Other', live: false, scopes: ['keys.manage'] } })).status).toBe(201);
  });
});

describe('text that no column takes', () => {
  it('is refused and named, in a body, a query and a path', async () => {
    const lists = ENDPOINTS.filter(({ path }) => path === '/lists');
    const post = lists.find(({ method }) => method === 'POST');
    const get = lists.find(({ method }) => method === 'GET');
    const one = ENDPOINTS.find(({ name }) => name === 'GET /contacts/{contactId}');
    if (!post || !get || !one) throw new Error('no lists');
    for (const name of ['nul\0', 'half \ud83d', '\udc00 half']) {
      const answer = await ask(post, { key: keys.full, body: { name } });
      expect([answer.status, (await answer.json()).errors[0].field]).toEqual([422, 'name']);
    }
    expect((await ask(get, { key: keys.full, query: '?search=%00' })).status).toBe(422);
    const request = new NextRequest('http://localhost:3000/api/v1/contacts/%00', {
      headers: { authorization: `Bearer ${keys.full}` },
    });
    expect((await one.handler(request, { params: Promise.resolve({ contactId: '\0' }) })).status).toBe(422);
    const pair = await ask(post, { key: keys.full, body: { name: 'A pair \ud83d\ude80 is text' } });
    expect(pair.status).toBe(201);
  });
});

describe('what has revisions', () => {
  it.each(['/campaigns/{campaignId}', '/segments/{segmentId}', '/templates/{templateId}'])(
    '%s is changed only from the revision it has',
    async (path) => {
      const find = (method: Method) => {
        const endpoint = ENDPOINTS.find((one) => one.path === path && one.method === method);
        if (!endpoint) throw new Error(path);
        return endpoint;
      };
      const read = await ask(find('GET'), { key: keys.full });
      const etag = read.headers.get('etag') ?? '';
      expect(etag).toBe(`"${(await read.json()).revision}"`);
      const change = (headers: Record<string, string>) =>
        ask(find('PATCH'), { key: keys.full, body: { name: `Renamed ${Math.random()}` }, headers });
      expect((await change({})).status).toBe(412);
      expect((await change({ 'if-match': '"999"' })).status).toBe(412);
      expect((await change({ 'if-match': '*' })).status).toBe(412);
      const changed = await change({ 'if-match': etag });
      expect(changed.status).toBe(200);
      expect((await ask(find('GET'), { key: keys.full })).headers.get('etag')).toBe(changed.headers.get('etag'));
    },
  );
});
