import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ctx } from '@/lib/context';
import { closePool, openPoolAt, pool, withRead } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';

let database: TestDatabase;
const WORKSPACES = Array.from({ length: 7 }, (_, n) => `wsp_${n}`);
const viewer = (workspaceId: string): Ctx => ({
  workspaceId,
  actor: { type: 'user', userId: 'usr_1', name: 'Ada', role: 'viewer' },
});
const listsSeenBy = (workspaceId: string) =>
  withRead(viewer(workspaceId), async ({ sql }) =>
    (await sql<{ id: string }[]>`select id from lists order by id`).map(({ id }) => id),
  );

beforeAll(async () => {
  database = await testDatabase();
  await openPoolAt(database.url, 3);
  for (const id of WORKSPACES) {
    await pool()`insert into workspaces (id, name, slug) values (${id}, ${id}, ${id})`;
    await pool()`insert into lists (id, workspace_id, name) values (${`lst_of_${id}`}, ${id}, 'L')`;
  }
});
afterAll(async () => {
  await closePool();
  await database.drop();
});

describe('a read without a transaction', () => {
  it('sees its own workspace only, also when more workspaces read at once than have connections', async () => {
    const asked = WORKSPACES.flatMap((id) => Array.from({ length: 20 }, () => id));
    const seen = await Promise.all(asked.map(listsSeenBy));
    expect(seen).toEqual(asked.map((id) => [`lst_of_${id}`]));
  });

  it('sees it still after its connections were cut', async () => {
    await listsSeenBy('wsp_0');
    await pool()`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`;
    const again = async (): Promise<string[]> => await listsSeenBy('wsp_0').catch(again);
    expect(await again()).toEqual(['lst_of_wsp_0']);
  });

  it('can neither write nor leave the role', async () => {
    const write = withRead(viewer('wsp_0'), ({ sql }) => sql`delete from lists`);
    await expect(write).rejects.toThrow(/read-only|permission denied/);
    const role = await withRead(viewer('wsp_0'), ({ sql }) => sql<{ role: string }[]>`select current_user as role`);
    expect(role[0]?.role).toBe('waybill_web');
  });
});
