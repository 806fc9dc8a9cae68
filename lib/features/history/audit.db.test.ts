import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ctx, systemCtx } from '@/lib/context';
import { closePool, openPoolAt, pool, withTx } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { listAudit, listAuditActions } from '@/lib/features/history/list-audit';
import { recordAudit } from '@/lib/features/history/record-audit';
import { verifyAuditChain } from '@/lib/features/history/verify-audit-chain';

let database: TestDatabase;
const user = (workspaceId: string, role: 'owner' | 'viewer' = 'owner'): Ctx => ({
  workspaceId,
  actor: { type: 'user', userId: 'usr_1', name: 'Zoë "Q" O’Neil', role },
});
const record = (ctx: Ctx, action: string, data?: Record<string, unknown>) =>
  withTx(ctx, (tx) => recordAudit(tx, ctx, { action, subjectType: 'list', subjectId: 'lst_1', data }));

beforeAll(async () => {
  database = await testDatabase();
  await openPoolAt(database.url);
  await pool()`insert into workspaces (id, name, slug) values ('wsp_a', 'A', 'a'), ('wsp_b', 'B', 'b'), ('wsp_c', 'C', 'c')`;
});
afterAll(async () => {
  await closePool();
  await database.drop();
});

describe('the audit log', () => {
  it('verifies after being stored with keys in any order, floats, dates and odd text', async () => {
    const ctx = user('wsp_a');
    await record(ctx, 'list.created', {
      zebra: 1,
      a: { y: [1, { q: null, b: true }], x: 0.1 + 0.2 },
      10: 'ten',
      9: 1e21,
    });
    await record(ctx, 'list.renamed', { at: new Date(0), gone: undefined, odd: 'a\u0000b\ud800' });
    await record(systemCtx('wsp_a', 'sweep'), 'list.archived');
    expect(await verifyAuditChain(ctx)).toMatchObject({ intact: true, entries: 3, brokenAt: null });
  });

  it('keeps one chain when many write at once', async () => {
    const ctx = user('wsp_b');
    await Promise.all(Array.from({ length: 20 }, (_, n) => record(ctx, 'list.created', { n })));
    expect(await verifyAuditChain(ctx)).toMatchObject({ intact: true, entries: 20 });
  });

  it('refuses to be changed, and shows where it was cut by somebody who owns the database', async () => {
    const ctx = user('wsp_c');
    for (const n of [1, 2, 3]) await record(ctx, 'list.created', { n });
    await expect(pool()`update audit_log set action = 'x' where workspace_id = 'wsp_c'`).rejects.toThrow(/append-only/);
    await expect(withTx(ctx, ({ sql }) => sql`delete from audit_log`)).rejects.toThrow(/permission denied/);
    const { items } = await listAudit(ctx, {});
    await pool()`delete from audit_log where id = ${items[1]?.id ?? ''}`;
    expect(await verifyAuditChain(ctx)).toMatchObject({ intact: false, entries: 1, brokenAt: items[0]?.id });
  });

  it('is paged newest first and filtered', async () => {
    const ctx = user('wsp_b');
    const first = await listAudit(ctx, { limit: 15 });
    const second = await listAudit(ctx, { limit: 15, cursor: first.nextCursor ?? '' });
    expect([first.items.length, second.items.length, second.nextCursor]).toEqual([15, 5, null]);
    expect(new Set([...first.items, ...second.items].map((item) => item.id)).size).toBe(20);
    expect((await listAudit(user('wsp_a'), { action: 'list.renamed' })).items).toHaveLength(1);
    expect((await listAudit(user('wsp_a'), { action: 'list.' })).items).toHaveLength(3);
    expect((await listAudit(user('wsp_a'), { actorId: 'sweep' })).items).toHaveLength(1);
    expect(await listAuditActions(user('wsp_a'))).toEqual(['list.archived', 'list.created', 'list.renamed']);
    await expect(listAudit(ctx, { cursor: 'zzz' })).rejects.toMatchObject({ code: 'invalid' });
  });

  it('is for those who may read it, of their own workspace only', async () => {
    await expect(listAudit(user('wsp_a', 'viewer'), {})).rejects.toMatchObject({ code: 'forbidden' });
    await expect(verifyAuditChain(user('wsp_a', 'viewer'))).rejects.toMatchObject({ code: 'forbidden' });
    const { items } = await listAudit(user('wsp_a'), {});
    expect(items.every((item) => item.subjectId === 'lst_1') && items.length).toBe(3);
  });
});
