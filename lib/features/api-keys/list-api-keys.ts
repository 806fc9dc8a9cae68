import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { decodeCursor, encodeCursor } from '@/lib/domain/cursor';
import { parseInput } from '@/lib/domain/parse-input';
import { AppError } from '@/lib/errors';

const listApiKeysSchema = z.object({
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});

export interface ApiKeyRow {
  id: string;
  name: string;
  prefix: string;
  live: boolean;
  scopes: string[];
  createdBy: string;
  createdAt: Date;
  expiresAt: Date | null;
  /** To the minute. */
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

/** The keys of the workspace, newest first, revoked ones included; the keys themselves are not kept anywhere. */
export async function listApiKeys(
  ctx: Ctx,
  input: z.input<typeof listApiKeysSchema> = {},
): Promise<{ items: ApiKeyRow[]; nextCursor: string | null }> {
  authorise(ctx, 'keys.manage');
  const { cursor, limit } = parseInput(listApiKeysSchema, input);
  const before = cursor ? decodeCursor(z.tuple([z.string()]), cursor)[0] : null;
  return withTx(ctx, async ({ sql }) => {
    const rows = await sql<ApiKeyRow[]>`
      select id, name, prefix, live, scopes, created_by as "createdBy", created_at as "createdAt",
             expires_at as "expiresAt", last_used_at as "lastUsedAt", revoked_at as "revokedAt"
      from api_keys where workspace_id = ${ctx.workspaceId} ${before ? sql`and id < ${before}` : sql``}
      order by id desc limit ${limit + 1}`;
    const items = rows.slice(0, limit);
    const last = rows.length > limit ? items.at(-1) : undefined;
    return { items, nextCursor: last ? encodeCursor([last.id]) : null };
  });
}

/** One key without its secret. Throws `not_found`. */
export async function getApiKey(ctx: Ctx, id: string): Promise<ApiKeyRow> {
  authorise(ctx, 'keys.manage');
  const [row] = await withTx(
    ctx,
    ({ sql }) => sql<ApiKeyRow[]>`
      select id, name, prefix, live, scopes, created_by as "createdBy", created_at as "createdAt",
             expires_at as "expiresAt", last_used_at as "lastUsedAt", revoked_at as "revokedAt"
      from api_keys where workspace_id = ${ctx.workspaceId} and id = ${id}`,
  );
  if (!row) throw new AppError('not_found', 'This key does not exist in this workspace.');
  return row;
}
