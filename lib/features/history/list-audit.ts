import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
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

const positionSchema = z.tuple([z.string().regex(/^\d{1,19}$/)]);

/** The audit log, newest first. Needs `audit.read`. */
export async function listAudit(
  ctx: Ctx,
  input: z.input<typeof listAuditSchema>,
): Promise<{ items: AuditItem[]; nextCursor: string | null }> {
  authorise(ctx, 'audit.read');
  const { action, actorId, subjectType, subjectId, since, until, cursor, limit } = parseInput(listAuditSchema, input);
  const before = cursor ? decodeCursor(positionSchema, cursor)[0] : null;
  const rows = await withTx(
    ctx,
    ({ sql }) => sql<AuditItem[]>`
      select id, at, actor, action, subject_type as "subjectType", subject_id as "subjectId", data, hash
      from audit_log
      where workspace_id = ${ctx.workspaceId}
        ${before ? sql`and id < ${before}::bigint` : sql``}
        ${action ? (action.endsWith('.') ? sql`and starts_with(action, ${action})` : sql`and action = ${action}`) : sql``}
        ${actorId ? sql`and actor ->> 'id' = ${actorId}` : sql``}
        ${subjectType ? sql`and subject_type = ${subjectType}` : sql``}
        ${subjectId ? sql`and subject_id = ${subjectId}` : sql``}
        ${since ? sql`and at >= ${since}::timestamptz` : sql``}
        ${until ? sql`and at < ${until}::timestamptz` : sql``}
      order by id desc
      limit ${limit + 1}`,
  );
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? encodeCursor([last.id]) : null };
}

/** The actions that occur in the log, for a filter. Needs `audit.read`. */
export async function listAuditActions(ctx: Ctx): Promise<string[]> {
  authorise(ctx, 'audit.read');
  const rows = await withTx(
    ctx,
    ({ sql }) => sql<{ action: string }[]>`
      select distinct action from audit_log where workspace_id = ${ctx.workspaceId} order by action limit 200`,
  );
  return rows.map((row) => row.action);
}
