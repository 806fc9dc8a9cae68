import { authorise, type Ctx } from '@/lib/context';
import { type Tx, withTx } from '@/lib/db/client';
import { AppError } from '@/lib/errors';

export interface OutputTable {
  id: string;
  name: string;
  slug: string;
  columns: string[];
  createdAt: Date;
  archivedAt: Date | null;
}

/** The table by id or stable name, inside the caller's transaction; throws `not_found`. */
export async function findOutputTable(tx: Tx, workspaceId: string, idOrSlug: string): Promise<OutputTable> {
  const [table] = await tx.sql<OutputTable[]>`
    select id, name, slug, columns, created_at as "createdAt", archived_at as "archivedAt" from output_tables
    where workspace_id = ${workspaceId} and (id = ${idOrSlug} or slug = ${idOrSlug})`;
  if (!table) throw new AppError('not_found', 'This output table does not exist in this workspace.');
  return table;
}

/** The table by id or stable name, with its exact number of rows. */
export async function getOutputTable(ctx: Ctx, idOrSlug: string): Promise<OutputTable & { rows: number }> {
  authorise(ctx, 'campaigns.read');
  return withTx(ctx, async (tx) => {
    const table = await findOutputTable(tx, ctx.workspaceId, idOrSlug);
    const [count] = await tx.sql<{ n: string }[]>`
      select count(*) as n from output_rows where workspace_id = ${ctx.workspaceId} and output_table_id = ${table.id}`;
    return { ...table, rows: Number(count?.n ?? 0) };
  });
}
