import { pool } from '@/lib/db/client';
import type { FreezingRun } from '@/lib/features/audience/freezing-run';
import type { Fragment } from '@/lib/features/audience/member-query';

/** From so many rows on, a wrong guess costs more than a look. */
const MANY = 2_000;

interface Explained {
  'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }];
}

async function areMany(rows: Fragment): Promise<boolean> {
  const found = await pool()`select 1 ${rows} offset ${MANY - 1} limit 1`;
  return found.length > 0;
}

/** Whether the planner thinks of few where there are many. */
async function isMistaken(rows: Fragment): Promise<boolean> {
  if (!(await areMany(rows))) return false;
  const [plan] = await pool()<Explained[]>`explain (format json) select 1 ${rows}`;
  return (plan?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0) < MANY / 2;
}

async function hasLookedAt(): Promise<boolean> {
  const [row] = await pool()<{ n: number }[]>`
    select count(*)::int as n from pg_stats where schemaname = current_schema() and attname = 'workspace_id'
      and tablename in ('contacts', 'subscriptions')`;
  return row?.n === 2;
}

/**
 * Lets PostgreSQL look at contacts and lists before an audience is frozen, where it knows nothing of this one: a workspace
 * or a list that came to be a moment ago, before autovacuum's next round. It takes them for a few rows then, and compares
 * everybody with everybody, which takes minutes for a hundred thousand.
 */
export async function acquaintPlanner({ workspaceId, audience }: FreezingRun): Promise<void> {
  if (audience.onlyContactIds || audience.goneOnFrom) return;
  const sql = pool();
  const contacts = sql`from contacts where workspace_id = ${workspaceId}`;
  if (!(await areMany(contacts))) return;
  const lists = audience.include.flatMap((source) =>
    source.kind === 'list'
      ? [sql`from subscriptions where workspace_id = ${workspaceId} and list_id = ${source.id}`]
      : [],
  );
  let isNew = !(await hasLookedAt());
  for (const rows of [contacts, ...lists]) isNew ||= await isMistaken(rows);
  if (isNew) await sql`analyze contacts, subscriptions`;
}
