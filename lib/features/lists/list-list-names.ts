import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';

const MOST = 500;

/** The lists in use by name, for choosing one; unlike `listLists` it counts nobody. */
export async function listListNames(ctx: Ctx): Promise<{ id: string; name: string }[]> {
  authorise(ctx, 'contacts.read');
  return await withTx(ctx, async ({ sql }) => [
    ...(await sql<{ id: string; name: string }[]>`
      select id, name from lists where workspace_id = ${ctx.workspaceId} and archived_at is null
      order by lower(name), id limit ${MOST}`),
  ]);
}
