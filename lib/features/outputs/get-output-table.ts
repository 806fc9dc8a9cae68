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

/** The table by id or stable name. Throws `not_found`. */
export async function getOutputTable(ctx: Ctx, idOrSlug: string): Promise<OutputTable> {
  authorise(ctx, 'campaigns.read');
  return withTx(ctx, (tx) => findOutputTable(tx, ctx.workspaceId, idOrSlug));
}
