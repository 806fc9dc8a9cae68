import { NextRequest } from 'next/server';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { ROUTES } from '@/app/api/v1/route-table';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { PERMISSIONS, type Permission } from '@/lib/domain/role';
import { createApiKey } from '@/lib/features/api-keys/create-api-key';
import { revokeApiKey } from '@/lib/features/api-keys/revoke-api-key';
import { createCampaign } from '@/lib/features/campaigns/create-campaign';
import { createSegment } from '@/lib/features/segments/create-segment';
import { addSuppression } from '@/lib/features/suppressions/add-suppression';
import {
  type DispatchFixture,
  dispatchFixture,
  draftOf,
  launchAndQueue,
} from '@/lib/features/testing/dispatch-fixture';
import { placeChanges } from '@/lib/features/webhooks/place-changes';
import { createWebhook } from '@/lib/features/webhooks/save-webhook';
import { type DescribedRoute, METHODS, type Method } from '@/lib/http/openapi';

const sent = vi.hoisted(() => [] as unknown[]);
vi.mock('@/lib/jobs/client', () => ({ inngest: () => ({ send: async (event: unknown) => sent.push(event) }) }));

type Handler = (request: NextRequest, context: { params: Promise<Record<string, string>> }) => Promise<Response>;
interface Endpoint {
  name: string;
  method: Method;
  path: string;
  declaration: DescribedRoute['declaration'];
  handler: Handler;
}

const endpoints: Endpoint[] = Object.entries(ROUTES).flatMap(([path, methods]) =>
  METHODS.flatMap((method) => {
    const found = methods[method];
    if (!found) return [];
    const handler = found as unknown as Handler;
    return [{ name: `${method} ${path}`, method, path, declaration: found.declaration, handler }];
  }),
);
const withBody = endpoints.filter(({ declaration }) => declaration.body && !declaration.body.safeParse({}).success);
const withExample = endpoints.filter(({ declaration }) => declaration.example !== undefined);
const reads = endpoints.filter(({ method }) => method === 'GET');

let database: TestDatabase;
let ours: DispatchFixture;
let params: Record<string, string> = {};
const keys: Record<'full' | 'foreign' | 'none' | 'revoked', string> = { full: '', foreign: '', none: '', revoked: '' };

const owner = (workspaceId: string) => ({
  workspaceId,
  actor: { type: 'user' as const, userId: 'usr_1', name: 'Ada', role: 'owner' as const },
});
const makeKey = async (workspaceId: string, scopes: readonly Permission[]) =>
  await createApiKey(owner(workspaceId), { name: 'Test', scopes: [...scopes] });

/** What stands in paths and is made before the tests. */
const FIXTURES = [
  'runId',
  'contactId',
  'listId',
  'segmentId',
  'suppressionId',
  'campaignId',
  'templateId',
  'table',
  'keyId',
  'key',
  'webhookId',
];

const NEEDED_QUERY: Record<string, string> = {
  'GET /contacts/lookup': '?externalId=X1',
  'GET /contacts/history': '?phone=%2B6580000001',
  'GET /runs/{runId}/deliveries': '?step=0',
};

interface Ask {
  key?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

async function ask({ method, path, handler, name }: Endpoint, { key, body, headers }: Ask = {}): Promise<Response> {
  const given = path.replace(/\{(\w+)\}/g, (_, param: string) => encodeURIComponent(params[param] ?? 'none'));
  const request = new NextRequest(`http://localhost:3000/api/v1${given}${NEEDED_QUERY[name] ?? ''}`, {
    method,
    headers: {
      ...(key && { authorization: `Bearer ${key}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, param = '']) => param);
  const values = Object.fromEntries(names.map((param) => [param, params[param] ?? 'none']));
  return await handler(request, { params: Promise.resolve(values) });
}

/** A digest of everything a workspace has, so that a change anywhere shows. */
async function stateOf(workspaceId: string): Promise<string> {
  const sql = pool();
  const tables = await sql<{ name: string }[]>`
    select c.table_name as name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and c.column_name = 'workspace_id' and t.table_type = 'BASE TABLE' order by 1`;
  const digests: string[] = [];
  for (const { name } of tables) {
    const [row] = await sql`
      select coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as digest from ${sql(name)} t
      where workspace_id = ${workspaceId}`;
    digests.push(`${name}:${row?.digest}`);
  }
  return digests.join('\n');
}

beforeAll(async () => {
  database = await testDatabase();
  await openPoolAt(database.url);
  ours = await dispatchFixture({ smtpPort: 1, smsUrl: 'http://127.0.0.1:1' }, 3);
  const foreign = await dispatchFixture({ smtpPort: 1, smsUrl: 'http://127.0.0.1:1' }, 3);
  const workspaceId = ours.ctx.workspaceId;
  const runId = await launchAndQueue(ours, draftOf(ours, ['email', 'record']));
  const [contact] = await pool()<
    { id: string }[]
  >`select id from contacts where workspace_id = ${workspaceId} order by id`;
  const segment = await createSegment(ours.ctx, { name: 'All', rule: { kind: 'group', match: 'all', rules: [] } });
  const suppression = await addSuppression(ours.ctx, { channel: 'email', address: 'gone@example.com' });
  const campaign = await createCampaign(ours.ctx, { name: 'Draft' });
  const webhook = await createWebhook(ours.ctx, { url: 'https://crm.example.com/', eventTypes: ['run.*'] });
  keys.full = (await makeKey(workspaceId, PERMISSIONS)).key;
  keys.foreign = (await makeKey(foreign.ctx.workspaceId, PERMISSIONS)).key;
  const idle = await makeKey(workspaceId, ['workspace.manage']);
  keys.none = idle.key;
  const revoked = await makeKey(workspaceId, PERMISSIONS);
  await revokeApiKey(owner(workspaceId), revoked.id);
  keys.revoked = revoked.key;
  params = {
    runId,
    contactId: contact?.id ?? '',
    listId: ours.listId,
    segmentId: segment.id,
    suppressionId: suppression.id,
    campaignId: campaign.id,
    templateId: ours.emailTemplateId,
    table: ours.outputTableId,
    keyId: idle.id,
    key: 'plan',
    webhookId: webhook.id,
  };
});
afterAll(async () => {
  await closePool();
  await database.drop();
});

describe('every endpoint', () => {
  it.each(endpoints)('$name asks for a key', async (endpoint) => {
    for (const key of [undefined, keys.revoked, `${keys.full.slice(0, -1)}#`]) {
      const response = await ask(endpoint, { key });
      expect(response.status).toBe(401);
      expect(response.headers.get('content-type')).toBe('application/problem+json');
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  it.each(endpoints.filter(({ declaration }) => declaration.permission !== null))(
    '$name refuses a key without its scope',
    async (endpoint) => {
      const response = await ask(endpoint, { key: keys.none, body: endpoint.method === 'GET' ? undefined : {} });
      expect(response.status).toBe(403);
      expect((await response.json()).detail).toContain(endpoint.declaration.permission);
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
      if (endpoint.declaration.body?.safeParse({ ...example, [field]: { of: ['another', 'type'] } }).success) continue;
      const response = await ask(endpoint, {
        key: keys.full,
        body: { ...example, [field]: { of: ['another', 'type'] } },
      });
      expect(response.status, field).toBe(422);
      expect((await response.json()).errors.some((one: { field: string }) => one.field.startsWith(field))).toBe(true);
    }
  });
});

describe('a read', () => {
  const made = new Set(FIXTURES);
  const checked = reads.filter(({ name, path, declaration }) => {
    const needsQuery = declaration.query !== undefined && !declaration.query.safeParse({}).success;
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, param = '']) => param);
    return names.every((param) => made.has(param)) && (!needsQuery || NEEDED_QUERY[name] !== undefined);
  });
  it.each(checked)('$name answers what its declaration says', async (endpoint) => {
    const response = await ask(endpoint, { key: keys.full });
    expect(response.status).toBe(200);
    if (endpoint.declaration.mediaType) {
      expect(response.headers.get('content-type')).toContain(endpoint.declaration.mediaType);
      return;
    }
    const { answer } = endpoint.declaration;
    if (!answer) return;
    const parsed = answer.safeParse(await response.json());
    expect(parsed.success ? [] : z.prettifyError(parsed.error)).toEqual([]);
  });
});

describe('a write with its example', () => {
  it.each(withExample)('$name does it, once per Idempotency-Key', async (endpoint) => {
    const body = endpoint.declaration.example;
    const headers: Record<string, string> = endpoint.declaration.isSecret
      ? {}
      : { 'idempotency-key': endpoint.name.replaceAll(' ', ':') };
    const first = await ask(endpoint, { key: keys.full, body, headers });
    const text = await first.text();
    expect(first.status, text).toBe(endpoint.declaration.status ?? 200);
    const parsed = endpoint.declaration.answer?.safeParse(JSON.parse(text));
    expect(parsed?.success === false ? z.prettifyError(parsed.error) : '').toBe('');
    if (endpoint.declaration.isSecret) return;
    const before = await stateOf(ours.ctx.workspaceId);
    const again = await ask(endpoint, { key: keys.full, body, headers });
    expect([again.status, await again.text()]).toEqual([first.status, text]);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(await stateOf(ours.ctx.workspaceId)).toBe(before);
  });
});

describe('a key of another workspace', () => {
  it('sees nothing of ours and changes nothing, whatever it calls', async () => {
    await placeChanges();
    const before = await stateOf(ours.ctx.workspaceId);
    const seen: string[] = [];
    for (const endpoint of endpoints) {
      const { example, body: schema } = endpoint.declaration;
      const body = endpoint.method === 'GET' || !schema ? undefined : (example ?? {});
      const response = await ask(endpoint, { key: keys.foreign, body });
      const text = await response.text();
      expect(response.status, endpoint.name).not.toBe(500);
      const leaks = [
        ours.ctx.workspaceId,
        ...Object.entries(params).flatMap(([name, id]) => (name === 'key' ? [] : [id])),
      ];
      const said = text.replaceAll('"request_id"', '');
      if (response.status < 300 && leaks.some((id) => said.includes(id)))
        seen.push(`${endpoint.name} ${response.status}`);
    }
    expect(seen).toEqual([]);
    expect(await stateOf(ours.ctx.workspaceId)).toBe(before);
  });
});

describe('what has revisions', () => {
  it.each(['/campaigns/{campaignId}', '/segments/{segmentId}', '/templates/{templateId}'])(
    '%s is changed only from the revision it has',
    async (path) => {
      const find = (method: Method) => {
        const endpoint = endpoints.find((one) => one.path === path && one.method === method);
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
