import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';

/**
 * How many contacts an import changed that were there before it. Its updated rows may be more: several can be about one
 * person, also about one whom the same file brought.
 */
export async function countChanged(ctx: Ctx, importId: string): Promise<number> {
  authorise(ctx, 'contacts.read');
  const [changed] = await withTx(
    ctx,
    ({ sql }) => sql<{ n: number }[]>`
      select count(*)::int as n from import_changes where workspace_id = ${ctx.workspaceId} and import_id = ${importId}`,
  );
  return changed?.n ?? 0;
}
