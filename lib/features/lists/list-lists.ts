import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { decodeCursor, encodeCursor } from '@/lib/domain/cursor';
import { parseInput } from '@/lib/domain/parse-input';
import type { ListDetail } from '@/lib/features/lists/get-list';

const listListsSchema = z.object({
  search: z.string().trim().max(120).optional(),
  archived: z.boolean().default(false),
  cursor: z.string().optional(),
  limit: z.number().int().min(1).max(200).default(50),
});
const cursorSchema = z.tuple([z.string(), z.string()]);

/** Lists by name, in pages, each with its number of people by status. */
export async function listLists(
  ctx: Ctx,
  input: z.input<typeof listListsSchema> = {},
): Promise<{ items: ListDetail[]; nextCursor: string | null }> {
  authorise(ctx, 'contacts.read');
  const { search, archived, cursor, limit } = parseInput(listListsSchema, input);
  const after = cursor ? decodeCursor(cursorSchema, cursor) : null;
  return withTx(ctx, async ({ sql }) => {
    const rows = await sql<(ListDetail & { sort: string })[]>`
      with page as (
        select id, name, description, created_at as "createdAt", archived_at as "archivedAt", lower(name) as sort
        from lists where workspace_id = ${ctx.workspaceId} and (archived_at is not null) = ${archived}
          ${search ? sql`and strpos(lower(name), lower(${search})) > 0` : sql``}
          ${after ? sql`and (lower(name), id) > (${after[0]}, ${after[1]})` : sql``}
        order by lower(name), id limit ${limit + 1}
      )
      select page.*, n.subscribed, n.unsubscribed, n.pending from page cross join lateral (
        select (count(*) filter (where s.status = 'subscribed'))::int as subscribed,
               (count(*) filter (where s.status = 'unsubscribed'))::int as unsubscribed,
               (count(*) filter (where s.status = 'pending'))::int as pending
        from subscriptions s where s.workspace_id = ${ctx.workspaceId} and s.list_id = page.id
      ) n order by page.sort, page.id`;
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page.at(-1) : undefined;
    return {
      items: page.map(({ sort: _, ...list }) => list),
      nextCursor: last ? encodeCursor([last.sort, last.id]) : null,
    };
  });
}
