import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';

let database: TestDatabase;
let sql: postgres.Sql;

beforeAll(async () => {
  database = await testDatabase();
  sql = postgres(database.url, { max: 1, onnotice: () => undefined });
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});

const TENANT_TABLES = `
  select c.oid, c.relname as name, c.relrowsecurity as "hasSecurity"
  from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped
  where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace`;

describe('every table that belongs to a workspace', () => {
  it('has row-level security with a policy for the role of people and keys', async () => {
    const open = await sql<{ name: string }[]>`
      select t.name from (${sql.unsafe(TENANT_TABLES)}) t
      where not t."hasSecurity" or not exists (
        select 1 from pg_policy p where p.polrelid = t.oid
          and pg_get_expr(p.polqual, p.polrelid) like '%workspace_id = %current_workspace()%'
          and pg_get_expr(p.polwithcheck, p.polrelid) like '%workspace_id = %current_workspace()%')
      order by 1`;
    expect(open.map(({ name }) => name)).toEqual([]);
    const [count] = await sql<{ n: number }[]>`select count(*)::int as n from (${sql.unsafe(TENANT_TABLES)}) t`;
    expect(count?.n).toBeGreaterThan(30);
  });

  it('shows that role nothing while no workspace is named, and nothing of another one', async () => {
    await sql`insert into workspaces (id, name, slug) values ('wsp_a', 'A', 'a'), ('wsp_b', 'B', 'b')`;
    await sql`insert into lists (id, workspace_id, name) values ('lst_a', 'wsp_a', 'A'), ('lst_b', 'wsp_b', 'B')`;
    const seen = (workspace: string | null) =>
      sql.begin(async (tx) => {
        await tx`set local role waybill_web`;
        if (workspace !== null) await tx`select set_config('waybill.workspace', ${workspace}, true)`;
        return (await tx<{ id: string }[]>`select id from lists`).map(({ id }) => id);
      });
    expect(await seen('wsp_a')).toEqual(['lst_a']);
    expect(await seen(null)).toEqual([]);
    expect(await seen('')).toEqual([]);
    const foreign = sql.begin(async (tx) => {
      await tx`set local role waybill_web`;
      await tx`select set_config('waybill.workspace', 'wsp_a', true)`;
      await tx`insert into lists (id, workspace_id, name) values ('lst_x', 'wsp_b', 'X')`;
    });
    await expect(foreign).rejects.toThrow(/row-level security/);
  });

  it('is read by a role that owns nothing and cannot step around security', async () => {
    const [role] = await sql`
      select rolsuper, rolbypassrls, (select count(*)::int from pg_class where relowner = r.oid) as owns
      from pg_roles r where rolname = 'waybill_web'`;
    expect(role).toEqual({ rolsuper: false, rolbypassrls: false, owns: 0 });
  });
});
