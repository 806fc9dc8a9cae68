import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import type { OutputTable } from '@/lib/features/outputs/get-output-table';

export interface OutputTableRow extends OutputTable {
  /** The newest run that wrote into it. */
  lastRunId: string | null;
  lastRunName: string | null;
}

/** Every table of the workspace by name, archived ones last, each with its newest run. */
export async function listOutputTables(ctx: Ctx): Promise<OutputTableRow[]> {
  authorise(ctx, 'campaigns.read');
  return withTx(ctx, async ({ sql }) => {
    return await sql<OutputTableRow[]>`
      select t.id, t.name, t.slug, t.columns, t.created_at as "createdAt", t.archived_at as "archivedAt",
             last.run_id as "lastRunId", r.name as "lastRunName"
      from output_tables t
      left join lateral (
        select run_id from output_rows o where o.workspace_id = t.workspace_id and o.output_table_id = t.id
        order by run_id desc limit 1) last on true
      left join runs r on r.workspace_id = t.workspace_id and r.id = last.run_id
      where t.workspace_id = ${ctx.workspaceId}
      order by t.archived_at is not null, lower(t.name), t.id limit 500`;
  });
}
