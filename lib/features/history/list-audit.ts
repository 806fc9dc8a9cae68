import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { type Tx, withTx } from '@/lib/db/client';
import { decodeCursor, encodeCursor } from '@/lib/domain/cursor';
import { parseInput } from '@/lib/domain/parse-input';

export const listAuditSchema = z.object({
  /** Exact action, or everything of a noun with `campaign.`. */
  action: z.string().max(100).optional(),
  actorId: z.string().max(100).optional(),
  subjectType: z.string().max(100).optional(),
  subjectId: z.string().max(200).optional(),
  since: z.iso.datetime({ offset: true }).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export interface AuditItem {
  id: string;
  at: Date;
  actor: { type: string; id: string; name: string };
  action: string;
  subjectType: string;
  subjectId: string;
  data: Record<string, unknown>;
  hash: string;
}

type Fragment = ReturnType<Tx['sql']>;

const positionSchema = z.tuple([z.string().regex(/^\d{1,19}$/)]);

/** The audit log, newest first. Needs `audit.read`. */
export async function listAudit(
  ctx: Ctx,
  input: z.input<typeof listAuditSchema>,
): Promise<{ items: AuditItem[]; nextCursor: string | null }> {
  authorise(ctx, 'audit.read');
  const { action, actorId, subjectType, subjectId, since, until, cursor, limit } = parseInput(listAuditSchema, input);
  const before = cursor ? decodeCursor(positionSchema, cursor)[0] : null;
  const rows = await withTx(ctx, async (tx) => {
    const { sql } = tx;
    const isNoun = action?.endsWith('.') ?? false;
    const page = (more: Fragment) => sql`
      select id, at, actor, action, subject_type as "subjectType", subject_id as "subjectId", data, hash
      from audit_log
      where workspace_id = ${ctx.workspaceId} ${more}
        ${before ? sql`and id < ${before}::bigint` : sql``}
        ${action && !isNoun ? sql`and action = ${action}` : sql``}
        ${actorId ? sql`and actor ->> 'id' = ${actorId}` : sql``}
        ${subjectType ? sql`and subject_type = ${subjectType}` : sql``}
        ${subjectId ? sql`and subject_id = ${subjectId}` : sql``}
        ${since ? sql`and at >= ${since}::timestamptz` : sql``}
        ${until ? sql`and at < ${until}::timestamptz` : sql``}
      order by id desc
      limit ${limit + 1}`;
    if (!isNoun) return await sql<AuditItem[]>`${page(sql``)}`;
    // a rare noun is not looked for among a million entries: each of its actions has its own place in an index
    const actions = (await actionsOf(tx, ctx.workspaceId)).filter((one) => one.startsWith(action ?? ''));
    return await sql<AuditItem[]>`
      select newest.* from unnest(${actions}::text[]) as one(name)
      cross join lateral (${page(sql`and action = one.name`)}) newest order by newest.id desc limit ${limit + 1}`;
  });
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? encodeCursor([last.id]) : null };
}

/** Stepped through by the index, however many entries each action has. */
async function actionsOf({ sql }: Tx, workspaceId: string): Promise<string[]> {
  const rows = await sql<{ action: string }[]>`
    with recursive found(action) as (
      (select action from audit_log where workspace_id = ${workspaceId} order by action limit 1)
      union all
      select (select a.action from audit_log a where a.workspace_id = ${workspaceId} and a.action > found.action
              order by a.action limit 1)
      from found where found.action is not null
    )
    select action from found where action is not null limit 200`;
  return rows.map((row) => row.action);
}

/** The actions that occur in the log, for a filter. Needs `audit.read`. */
export async function listAuditActions(ctx: Ctx): Promise<string[]> {
  authorise(ctx, 'audit.read');
  return await withTx(ctx, (tx) => actionsOf(tx, ctx.workspaceId));
}
