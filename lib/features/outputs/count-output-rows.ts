import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';

/** How many rows a table has; with `most`, counting ends there and `isMore` says that there are more. */
export async function countOutputRows(
  ctx: Ctx,
  outputTableId: string,
  most?: number,
): Promise<{ rows: number; isMore: boolean }> {
  authorise(ctx, 'campaigns.read');
  return withTx(ctx, async ({ sql }) => {
    const [count] = await sql<{ n: string }[]>`
      select count(*) as n from (
        select 1 from output_rows where workspace_id = ${ctx.workspaceId} and output_table_id = ${outputTableId}
        ${most === undefined ? sql`` : sql`limit ${most + 1}`}
      ) r`;
    const rows = Number(count?.n ?? 0);
    return most !== undefined && rows > most ? { rows: most, isMore: true } : { rows, isMore: false };
  });
}
