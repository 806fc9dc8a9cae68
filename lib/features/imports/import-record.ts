import type postgres from 'postgres';
import { z } from 'zod';
import type { Tx } from '@/lib/db/client';
import type { ImportCounts } from '@/lib/db/schema/contacts';
import { type ImportStatus, importOptionsSchema, importTargetSchema } from '@/lib/domain/import';
import { AppError } from '@/lib/errors';

/** What `imports.options` holds: how the file is read and where each column goes. */
export const importSettingsSchema = z.object({
  options: importOptionsSchema,
  columns: z.array(z.object({ index: z.number().int(), name: z.string(), target: importTargetSchema })),
  /** Names of all columns of the file. */
  header: z.array(z.string()),
});
export type ImportSettings = z.infer<typeof importSettingsSchema>;

export interface ImportRecord {
  id: string;
  uploadId: string;
  fileName: string;
  status: ImportStatus;
  statusReason: string | null;
  dryRun: boolean;
  listId: string | null;
  options: unknown;
  processedRows: string;
  processedBytes: string;
  counts: ImportCounts;
}

/** The import's row, locked for the rest of the transaction if asked. Throws `not_found`. */
export async function findImport(
  { sql }: Pick<Tx, 'sql'>,
  workspaceId: string,
  importId: string,
  lock = false,
): Promise<ImportRecord> {
  const [row] = await sql<ImportRecord[]>`
    select id, upload_id as "uploadId", file_name as "fileName", status, status_reason as "statusReason",
           dry_run as "dryRun", list_id as "listId", options, processed_rows as "processedRows",
           processed_bytes as "processedBytes", counts
    from imports where workspace_id = ${workspaceId} and id = ${importId} ${lock ? sql`for update` : sql``}`;
  if (!row) throw new AppError('not_found', 'There is no such import in this workspace.');
  return row;
}

/** The columns of `imports i join uploads u` as an ImportSummary. */
export function importColumns(sql: Tx['sql']): postgres.PendingQuery<postgres.Row[]> {
  return sql`
    i.id, i.upload_id as "uploadId", i.file_name as "fileName", i.status, i.status_reason as "statusReason",
    i.dry_run as "dryRun", i.list_id as "listId", i.counts, i.processed_bytes::float8 as "processedBytes",
    u.size_bytes::float8 as "sizeBytes", i.created_by as "createdBy", i.created_at as "createdAt",
    i.started_at as "startedAt", i.ended_at as "endedAt", i.undo_until as "undoUntil"`;
}
