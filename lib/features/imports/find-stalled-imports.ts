import { withSystemTx } from '@/lib/db/client';

/**
 * Imports of every workspace that should be running and settled nothing for two minutes by the database's clock: their
 * event was lost.
 */
export async function findStalledImports(aheadMs = 0): Promise<{ workspaceId: string; importId: string }[]> {
  return withSystemTx(async ({ sql }) => {
    const stalled = await sql<{ workspaceId: string; importId: string }[]>`
      select workspace_id as "workspaceId", id as "importId" from imports
      where status in ('queued', 'running')
        and coalesce(progressed_at, created_at) < now() + ${aheadMs} * interval '1 ms' - interval '2 minutes'
      order by created_at limit 100`;
    return [...stalled];
  });
}
