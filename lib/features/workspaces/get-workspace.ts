import type { Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import type { WorkspaceSettings } from '@/lib/db/schema/auth';
import { AppError } from '@/lib/errors';

export interface Workspace {
  id: string;
  name: string;
  slug: string;
  timeZone: string;
  settings: WorkspaceSettings;
  demo: boolean;
  createdAt: Date;
}

/** The workspace of the `Ctx`; every member may read it. */
export async function getWorkspace(ctx: Ctx): Promise<Workspace> {
  const [workspace] = await withTx(
    ctx,
    ({ sql }) => sql<Workspace[]>`
      select id, name, slug, time_zone as "timeZone", settings, demo, created_at as "createdAt"
      from workspaces where id = ${ctx.workspaceId}`,
  );
  if (!workspace) throw new AppError('not_found', 'This workspace does not exist, or no longer.');
  return workspace;
}
