import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import type { OutputTable } from '@/lib/features/outputs/get-output-table';

/** Every table of the workspace by name, archived ones last, each with the time of its newest run. */
export async function listOutputTables(ctx: Ctx): Promise<(OutputTable & { lastRunId: string | null })[]> {
  authorise(ctx, 'campaigns.read');
  return withTx(ctx, async ({ sql }) => {
    return await sql<(OutputTable & { lastRunId: string | null })[]>`
      select t.id, t.name, t.slug, t.columns, t.created_at as "createdAt", t.archived_at as "archivedAt",
             (select max(r.run_id) from output_rows r
              where r.workspace_id = t.workspace_id and r.output_table_id = t.id) as "lastRunId"
      from output_tables t where t.workspace_id = ${ctx.workspaceId}
      order by t.archived_at is not null, lower(t.name), t.id limit 500`;
  });
}
