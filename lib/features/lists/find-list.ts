import type { Tx } from '@/lib/db/client';
import { AppError } from '@/lib/errors';

export interface List {
  id: string;
  name: string;
  description: string | null;
  createdAt: Date;
  archivedAt: Date | null;
}

/** The list's row; throws `not_found`. */
export async function findList({ sql }: Pick<Tx, 'sql'>, workspaceId: string, id: string): Promise<List> {
  const [list] = await sql<List[]>`
    select id, name, description, created_at as "createdAt", archived_at as "archivedAt" from lists
    where workspace_id = ${workspaceId} and id = ${id}`;
  if (!list) throw new AppError('not_found', 'There is no such list in this workspace.');
  return list;
}

/** The list's row; throws `precondition` if nothing can be added to it any more. */
export async function findOpenList(tx: Pick<Tx, 'sql'>, workspaceId: string, id: string): Promise<List> {
  const list = await findList(tx, workspaceId, id);
  if (list.archivedAt) throw new AppError('precondition', `The list “${list.name}” is archived. Nothing was changed.`);
  return list;
}
