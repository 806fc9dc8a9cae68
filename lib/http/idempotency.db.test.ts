import { NextRequest } from 'next/server';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { closePool, openPoolAt, pool, withTx } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import type { Permission } from '@/lib/domain/role';
import { AppError } from '@/lib/errors';
import { createApiKey } from '@/lib/features/api-keys/create-api-key';
import { listApiKeys } from '@/lib/features/api-keys/list-api-keys';
import { revokeApiKey } from '@/lib/features/api-keys/revoke-api-key';
import { forgetExpired } from '@/lib/features/health/forget-expired';
import { route } from '@/lib/http/route';

const owner = (workspaceId: string) => ({
  workspaceId,
  actor: { type: 'user' as const, userId: 'usr_1', name: 'Ada', role: 'owner' as const },
});
let database: TestDatabase;
let key = '';
let hold: Promise<void> = Promise.resolve();

const makeList = route({
  summary: 'Makes a list',
  permission: 'contacts.write',
  body: z.object({ name: z.string(), fail: z.enum(['before', 'after']).optional() }),
  status: 201,
  handle: async ({ ctx, body }) => {
    if (body.fail === 'before') throw new AppError('conflict', 'Refused.');
    await hold;
    const id = `lst_${body.name}_${Math.random()}`;
    await withTx(
      ctx,
      ({ sql }) => sql`insert into lists (id, workspace_id, name) values (${id}, ${ctx.workspaceId}, ${id})`,
    );
    if (body.fail === 'after') throw new Error('the process dies here');
    return { id };
  },
});

function send(body: unknown, headers: Record<string, string> = {}) {
  const request = new NextRequest('http://localhost:3000/api/v1/lists', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}`, ...headers },
    body: JSON.stringify(body),
  });
  return makeList(request, { params: Promise.resolve({}) });
}
const lists = async () => Number((await pool()`select count(*) as n from lists`)[0]?.n);

beforeAll(async () => {
  database = await testDatabase();
  await openPoolAt(database.url);
  await pool()`insert into workspaces (id, name, slug) values ('wsp_a', 'A', 'a'), ('wsp_b', 'B', 'b')`;
});
beforeEach(async () => {
  await pool()`truncate lists, idempotency_keys cascade`;
  ({ key } = await createApiKey(owner('wsp_a'), { name: 'CRM', scopes: ['contacts.write'] }));
});
afterAll(async () => {
  await closePool();
  await database.drop();
});

describe('a write with an Idempotency-Key', () => {
  it('is carried out once; a repetition gets the first answer again', async () => {
    const first = await send({ name: 'x' }, { 'idempotency-key': 'k1' });
    const second = await send({ name: 'x' }, { 'idempotency-key': 'k1' });
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(await second.json()).toEqual(await first.json());
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    expect(await lists()).toBe(1);
  });

  it('answers 422 to another body, method or path under the same key', async () => {
    await send({ name: 'x' }, { 'idempotency-key': 'k1' });
    expect((await send({ name: 'y' }, { 'idempotency-key': 'k1' })).status).toBe(422);
    expect(await lists()).toBe(1);
  });

  it('answers 409 while the first is still running, however many come at once', async () => {
    let go: () => void = () => undefined;
    hold = new Promise((resolve) => {
      go = resolve;
    });
    const all = Array.from({ length: 8 }, () => send({ name: 'x' }, { 'idempotency-key': 'k1' }));
    let answered = 0;
    for (const one of all) void one.then(() => answered++);
    // the one that is held is the only one without an answer
    while (answered < 7) await new Promise((resolve) => setImmediate(resolve));
    go();
    const statuses = (await Promise.all(all)).map((response) => response.status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(statuses.filter((status) => status === 409)).toHaveLength(7);
    expect(await lists()).toBe(1);
  });

  it('may be sent again when it was refused, because nothing was done', async () => {
    expect((await send({ name: 'x', fail: 'before' }, { 'idempotency-key': 'k1' })).status).toBe(409);
    expect((await send({ name: 'x' }, { 'idempotency-key': 'k1' })).status).toBe(201);
  });

  it('is not done twice when the process died between the write and the answer', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    expect((await send({ name: 'x', fail: 'after' }, { 'idempotency-key': 'k1' })).status).toBe(500);
    const again = await send({ name: 'x', fail: 'after' }, { 'idempotency-key': 'k1' });
    expect(again.status).toBe(409);
    expect((await again.json()).detail).toMatch(/carried out, but its answer was lost/);
    expect(await lists()).toBe(1);
    log.mockRestore();
  });

  it('is done by a repetition when the process died before the write', async () => {
    await pool()`
      insert into idempotency_keys (workspace_id, key, fingerprint, state, locked_until)
      select workspace_id, 'k2', 'x', 'running', now() - interval '1 second' from lists limit 0`;
    await send({ name: 'x' }, { 'idempotency-key': 'k1' });
    await pool()`update idempotency_keys set state = 'running', locked_until = now() - interval '1 second'`;
    expect((await send({ name: 'x' }, { 'idempotency-key': 'k1' })).status).toBe(201);
  });

  it('has keys of its own in every workspace, and forgets them after a week', async () => {
    await send({ name: 'x' }, { 'idempotency-key': 'k1' });
    ({ key } = await createApiKey(owner('wsp_b'), { name: 'CRM', scopes: ['contacts.write'] }));
    expect((await send({ name: 'z' }, { 'idempotency-key': 'k1' })).status).toBe(201);
    await pool()`update idempotency_keys set created_at = now() - interval '8 days' where workspace_id = 'wsp_a'`;
    expect(await forgetExpired('idempotency_keys')).toBe(1);
  });

  it('is refused with a key that is none', async () => {
    expect((await send({ name: 'x' }, { 'idempotency-key': 'with space' })).status).toBe(422);
  });
});

describe('the allowance of a key', () => {
  it('is told in every answer and runs out with 429, Retry-After and problem+json', async () => {
    const response = await send({ name: 'x' });
    expect(response.headers.get('ratelimit-policy')).toBe('"default";q=6000;w=60');
    expect(response.headers.get('ratelimit')).toMatch(/^"default";r=5999;t=\d+$/);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    const { takeRequest } = await import('@/lib/http/rate-limit');
    const at = Date.now();
    for (let i = 0; i < 6000; i++) takeRequest('key_busy', at);
    expect(() => takeRequest('key_busy', at)).toThrow(/6000 requests a minute/);
    expect(() => takeRequest('key_busy', at + 11)).not.toThrow();
  });
});

describe('managing keys', () => {
  it('shows a key once, keeps its digest, and lists what it is for', async () => {
    const made = await createApiKey(owner('wsp_a'), { name: 'BI', live: false, scopes: ['reports.read'] });
    expect(made.key).toMatch(/^wb_test_/);
    const [row] = await pool()`select * from api_keys where id = ${made.id}`;
    expect(JSON.stringify(row)).not.toContain(made.key.slice(10));
    const { items } = await listApiKeys(owner('wsp_a'));
    expect(items[0]).toMatchObject({ name: 'BI', live: false, scopes: ['reports.read'], revokedAt: null });
    expect(JSON.stringify(await listApiKeys(owner('wsp_b')))).not.toContain(made.id);
  });

  it('gives nobody more than they hold', async () => {
    const scopes: Permission[] = ['keys.manage'];
    const few = {
      workspaceId: 'wsp_a',
      actor: { type: 'api_key' as const, keyId: 'k', name: 'k', permissions: scopes, live: true },
    };
    await expect(createApiKey(few, { name: 'More', scopes: ['contacts.erase'] })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(
      createApiKey(owner('wsp_a'), { name: 'Late', scopes: ['runs.read'], expiresAt: '2020-01-01T00:00:00Z' }),
    ).rejects.toMatchObject({ code: 'invalid' });
  });

  it('ends a key with its next request; from another workspace it does not exist', async () => {
    const [row] = (await listApiKeys(owner('wsp_a'))).items;
    await expect(revokeApiKey(owner('wsp_b'), row?.id ?? '')).rejects.toMatchObject({ code: 'not_found' });
    expect((await send({ name: 'x' })).status).toBe(201);
    await revokeApiKey(owner('wsp_a'), row?.id ?? '');
    await revokeApiKey(owner('wsp_a'), row?.id ?? '');
    expect((await send({ name: 'x' })).status).toBe(401);
  });
});
