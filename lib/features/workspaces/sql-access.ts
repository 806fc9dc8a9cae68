import { randomBytes } from 'node:crypto';
import { systemCtx } from '@/lib/context';
import { type Tx, withSystemTx } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import { recordAudit } from '@/lib/features/history/record-audit';

export interface SqlAccess {
  workspaceId: string;
  workspaceName: string;
  role: string;
  password: string;
}

const NAME = /^[a-z][a-z0-9_]{0,30}$/;

async function workspaceOf({ sql }: Tx, idOrSlug: string): Promise<{ id: string; name: string; slug: string }> {
  const [row] = await sql<{ id: string; name: string; slug: string }[]>`
    select id, name, slug from workspaces where id = ${idOrSlug} or slug = ${idOrSlug} order by id = ${idOrSlug} desc limit 1`;
  if (row) return row;
  const known = await sql<{ slug: string }[]>`select slug from workspaces order by slug limit 20`;
  const names = known.map(({ slug }) => slug).join(', ') || 'none yet';
  throw new AppError('not_found', `There is no workspace “${idOrSlug}”. There are: ${names}.`);
}

async function roleExists({ sql }: Tx, role: string): Promise<boolean> {
  return (await sql`select 1 from pg_roles where rolname = ${role}`).length > 0;
}

function roleOf(slug: string, name: string): string {
  if (!NAME.test(name))
    throw new AppError('invalid', 'A name has up to 31 of a–z, 0–9 and _, and begins with a letter.');
  return `waybill_${slug.replace(/[^a-z0-9]+/g, '_').slice(0, 24)}_${name}`;
}

/**
 * Makes a login that reads the views of one workspace (schema `waybill`) and nothing else; the same name again gives a new
 * password. Throws `conflict` if the role is somebody else's, `not_found` for an unknown workspace.
 */
export async function grantSqlAccess(idOrSlug: string, name = 'reader'): Promise<SqlAccess> {
  return withSystemTx(async (tx) => {
    const { sql } = tx;
    const workspace = await workspaceOf(tx, idOrSlug);
    const role = roleOf(workspace.slug, name);
    const password = randomBytes(24).toString('base64url');
    const [known] = await sql<{ workspaceId: string }[]>`
      select workspace_id as "workspaceId" from waybill.sql_access where role_name = ${role}`;
    const exists = await roleExists(tx, role);
    if (exists && known?.workspaceId !== workspace.id) {
      throw new AppError('conflict', `The database has a role “${role}” for something else. Choose another --name.`);
    }
    await sql.unsafe(`${exists ? 'alter' : 'create'} role "${role}" login nosuperuser nocreatedb nocreaterole noreplication
      connection limit 10 password '${password}'`);
    await sql.unsafe(`grant waybill_sql to "${role}"`);
    await sql.unsafe(`alter role "${role}" set default_transaction_read_only = on`);
    await sql.unsafe(`alter role "${role}" set statement_timeout = '5min'`);
    await sql.unsafe(`alter role "${role}" set idle_in_transaction_session_timeout = '5min'`);
    await sql.unsafe(`alter role "${role}" set search_path = waybill`);
    await sql`
      insert into waybill.sql_access (role_name, workspace_id) values (${role}, ${workspace.id})
      on conflict (role_name) do update set workspace_id = excluded.workspace_id`;
    await recordAudit(tx, systemCtx(workspace.id, 'sql-access command'), {
      action: 'sql_access.granted',
      subjectType: 'workspace',
      subjectId: workspace.id,
      data: { role },
    });
    return { workspaceId: workspace.id, workspaceName: workspace.name, role, password };
  });
}

/** Ends such a login and its open connections. Throws `not_found`. */
export async function revokeSqlAccess(idOrSlug: string, name = 'reader'): Promise<{ role: string }> {
  return withSystemTx(async (tx) => {
    const { sql } = tx;
    const workspace = await workspaceOf(tx, idOrSlug);
    const role = roleOf(workspace.slug, name);
    const gone = await sql`
      delete from waybill.sql_access where role_name = ${role} and workspace_id = ${workspace.id}`;
    if (gone.count === 0) throw new AppError('not_found', `There is no access “${name}” for this workspace.`);
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where usename = ${role}`;
    if (await roleExists(tx, role)) {
      await sql.unsafe(`revoke waybill_sql from "${role}"`);
      await sql.unsafe(`drop owned by "${role}"`);
      await sql.unsafe(`drop role "${role}"`);
    }
    await recordAudit(tx, systemCtx(workspace.id, 'sql-access command'), {
      action: 'sql_access.revoked',
      subjectType: 'workspace',
      subjectId: workspace.id,
      data: { role },
    });
    return { role };
  });
}
