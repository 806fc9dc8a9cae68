import { pool } from '@/lib/db/client';

/** Whether an output table of the workspace can take rows. */
export async function outputTableExists(workspaceId: string, outputTableId: string): Promise<boolean> {
  const rows = await pool()`
    select 1 from output_tables where workspace_id = ${workspaceId} and id = ${outputTableId} and archived_at is null`;
  return rows.length > 0;
}
