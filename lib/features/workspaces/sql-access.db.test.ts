import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { addSuppression } from '@/lib/features/suppressions/add-suppression';
import {
  type DispatchFixture,
  dispatchFixture,
  draftOf,
  launchAndQueue,
} from '@/lib/features/testing/dispatch-fixture';
import { grantSqlAccess, revokeSqlAccess, type SqlAccess } from '@/lib/features/workspaces/sql-access';

const VIEWS = ['campaign_base_v1', 'contact_message_v1', 'run_progress_v1', 'suppression_v1', 'output_v1'];
let database: TestDatabase;
let ours: DispatchFixture;
let theirs: DispatchFixture;
let runId = '';
let access: SqlAccess;
let reader: postgres.Sql;

function connect({ role, password }: SqlAccess): postgres.Sql {
  const url = Object.assign(new URL(database.url), { username: role, password });
  return postgres(url.href, { max: 1, onnotice: () => undefined, connection: { application_name: 'bi' } });
}

beforeAll(async () => {
  database = await testDatabase();
  await openPoolAt(database.url);
  ours = await dispatchFixture({ smtpPort: 1, smsUrl: 'http://127.0.0.1:1' }, 5);
  theirs = await dispatchFixture({ smtpPort: 1, smsUrl: 'http://127.0.0.1:1' }, 3);
  await pool()`update contacts set email_opted_out_at = now() where workspace_id = ${ours.ctx.workspaceId} and external_id = 'X5'`;
  runId = await launchAndQueue(ours, draftOf(ours, ['email', 'record']));
  await launchAndQueue(theirs, draftOf(theirs, ['email']));
  await addSuppression(ours.ctx, { channel: 'email', address: 'never@example.com' });
  await addSuppression(theirs.ctx, { channel: 'email', address: 'theirs@example.com' });
  access = await grantSqlAccess(ours.ctx.workspaceId);
  reader = connect(access);
});
afterAll(async () => {
  await reader.end();
  await revokeSqlAccess(ours.ctx.workspaceId).catch(() => undefined);
  await closePool();
  await database.drop();
});

describe('a login by SQL', () => {
  it('reads the books of its workspace, and they balance', async () => {
    const base =
      await reader`select external_id, in_audience, exclusion_reason from campaign_base_v1 where run_id = ${runId} order by external_id`;
    expect(base).toHaveLength(5);
    expect(base[4]).toEqual({ external_id: 'X5', in_audience: false, exclusion_reason: 'global_opt_out' });
    const steps = await reader`select * from run_progress_v1 order by step`;
    expect(steps.map((row) => [row.step, row.channel, Number(row.audience), Number(row.waiting)])).toEqual([
      [1, 'email', 4, 4],
      [2, 'record', 4, 4],
    ]);
    const messages = await reader`select distinct state, step, channel, campaign_name from contact_message_v1`;
    expect([...messages]).toEqual([{ state: 'queued', step: 1, channel: 'email', campaign_name: 'Test campaign' }]);
    expect([...(await reader`select address, reason from suppression_v1`)]).toEqual([
      { address: 'never@example.com', reason: 'manual' },
    ]);
  });

  it('sees nothing of another workspace, whatever it asks', async () => {
    const needles = [theirs.ctx.workspaceId, 'theirs@example.com'];
    for (const view of VIEWS) {
      const rows = JSON.stringify(await reader`select * from ${reader(view)}`);
      for (const needle of needles) expect(rows).not.toContain(needle);
    }
    await reader`select set_config('waybill.workspace', ${theirs.ctx.workspaceId}, false)`;
    expect(await reader`select * from suppression_v1 where address = 'theirs@example.com'`).toHaveLength(0);
    expect(await reader`select * from campaign_base_v1 where run_id <> ${runId}`).toHaveLength(0);
  });

  it('cannot look past the views with a function of its own', async () => {
    const seen = await reader
      .begin('read write', async (sql) => {
        await sql`
        create function pg_temp.spy(text) returns boolean language plpgsql cost 0.0001 as
        $$ begin raise notice '%', $1; return true; end $$`.catch(() => undefined);
        return await sql`select * from suppression_v1 where pg_temp.spy(address)`;
      })
      .catch((error: unknown) => String(error));
    expect(JSON.stringify(seen)).not.toContain('theirs@example.com');
  });

  it('reads no table, no secret and no mapping, and writes nothing', async () => {
    const tables = await pool()<{ schema: string; name: string }[]>`
      select table_schema as schema, table_name as name from information_schema.tables
      where table_schema in ('public', 'waybill', 'engine', 'drizzle') and table_type = 'BASE TABLE'`;
    expect(tables.length).toBeGreaterThan(40);
    for (const { schema, name } of tables) {
      await expect(reader`select * from ${reader(`${schema}.${name}`)} limit 1`, `${schema}.${name}`).rejects.toThrow(
        /permission denied/,
      );
    }
    for (const statement of [
      'delete from suppression_v1',
      'create table x (a int)',
      'set role waybill_web',
      'set session authorization waybill',
      "select pg_read_file('/etc/passwd')",
      'select * from pg_authid',
      "copy suppression_v1 to '/tmp/x'",
    ]) {
      await expect(reader.unsafe(statement), statement).rejects.toThrow();
    }
  });

  it('says what every column means', async () => {
    const bare = await pool()`
      select c.relname, a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
      where c.relnamespace = 'waybill'::regnamespace and c.relkind = 'v' and col_description(c.oid, a.attnum) is null`;
    expect([...bare]).toEqual([]);
  });

  it('gets a new password when granted again, and ends when revoked', async () => {
    const renewed = await grantSqlAccess(ours.ctx.workspaceId);
    expect(renewed.role).toBe(access.role);
    const old = connect(access);
    await expect(old`select 1`).rejects.toThrow(/password authentication failed/);
    await old.end({ timeout: 5 });
    const fresh = connect(renewed);
    expect(await fresh`select count(*)::int as n from suppression_v1`).toEqual([{ n: 1 }]);
    await revokeSqlAccess(ours.ctx.workspaceId);
    await expect(fresh`select 1`).rejects.toThrow();
    await fresh.end({ timeout: 5 }); // its connection was ended from the other side
    await expect(grantSqlAccess('nowhere')).rejects.toMatchObject({ code: 'not_found' });
  });
});
