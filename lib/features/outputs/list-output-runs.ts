import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { findOutputTable } from '@/lib/features/outputs/get-output-table';

export interface OutputRun {
  id: string;
  name: string;
}

const MOST = 100;

/** The newest runs that wrote into a table; found by stepping from run to run through the key, however many rows each has. */
export async function listOutputRuns(ctx: Ctx, table: string): Promise<OutputRun[]> {
  authorise(ctx, 'campaigns.read');
  return withTx(ctx, async (tx) => {
    const { sql } = tx;
    const { id } = await findOutputTable(tx, ctx.workspaceId, table);
    const own = sql`workspace_id = ${ctx.workspaceId} and output_table_id = ${id}`;
    return await sql<OutputRun[]>`
      with recursive found(run_id, place) as (
        (select run_id, 1 from output_rows where ${own} order by run_id desc limit 1)
        union all
        select (select o.run_id from output_rows o where ${own} and o.run_id < found.run_id order by o.run_id desc limit 1),
               place + 1
        from found where found.run_id is not null and place < ${MOST}
      )
      select f.run_id as id, coalesce(r.name, f.run_id) as name
      from found f left join runs r on r.workspace_id = ${ctx.workspaceId} and r.id = f.run_id
      where f.run_id is not null order by f.place`;
  });
}
