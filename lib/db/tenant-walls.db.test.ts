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

  it('has an index that begins with the workspace, so that its wall costs no walk through everybody’s rows', async () => {
    const without = await sql<{ name: string }[]>`
      select t.name from (${sql.unsafe(TENANT_TABLES)}) t
      where not exists (
        select 1 from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
        where i.indrelid = t.oid and a.attname = 'workspace_id' and i.indisvalid)
      order by 1`;
    // what is on the wire just now: found by its batch, by the worker alone
    expect(without.map(({ name }) => name)).toEqual(['intents']);
  });

  it('is read by a role that owns nothing and cannot step around security', async () => {
    const [role] = await sql`
      select rolsuper, rolbypassrls, (select count(*)::int from pg_class where relowner = r.oid) as owns
      from pg_roles r where rolname = 'waybill_web'`;
    expect(role).toEqual({ rolsuper: false, rolbypassrls: false, owns: 0 });
  });
});

describe('what people sign in with', () => {
  it('is not within reach of the role of people and keys, which sees whom it shares a workspace with and no more', async () => {
    for (const table of ['user_sessions', 'verification_tokens', 'second_factors', 'recovery_codes']) {
      const read = sql.begin(async (tx) => {
        await tx`set local role waybill_web`;
        await tx`select * from ${tx(table)}`;
      });
      await expect(read, table).rejects.toThrow(/permission denied/);
    }
    await sql`insert into users (id, email, name) values ('usr_b', 'b@example.com', 'B')`;
    await sql`insert into members (workspace_id, user_id, role) values ('wsp_b', 'usr_b', 'owner')`;
    const seen = await sql.begin(async (tx) => {
      await tx`set local role waybill_web`;
      await tx`select set_config('waybill.workspace', 'wsp_a', true)`;
      return await tx`select id from users`;
    });
    expect(seen).toHaveLength(0);
  });
});
