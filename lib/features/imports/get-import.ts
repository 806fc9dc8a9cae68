import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import type { ImportCounts } from '@/lib/db/schema/contacts';
import type { ImportStatus } from '@/lib/domain/import';
import { parseInput } from '@/lib/domain/parse-input';
import { AppError } from '@/lib/errors';
import { type ImportSettings, importColumns, importSettingsSchema } from '@/lib/features/imports/import-record';

const getImportSchema = z.object({ id: z.string() });

export interface ImportSummary {
  id: string;
  uploadId: string;
  fileName: string;
  status: ImportStatus;
  statusReason: string | null;
  dryRun: boolean;
  listId: string | null;
  counts: ImportCounts;
  processedBytes: number;
  sizeBytes: number;
  createdBy: string;
  createdAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
  undoUntil: Date | null;
}

/** One import: how it was set up, how far it is, what came of it. Throws `not_found`. */
export async function getImport(
  ctx: Ctx,
  input: z.input<typeof getImportSchema>,
): Promise<ImportSummary & { settings: ImportSettings }> {
  authorise(ctx, 'contacts.read');
  const { id } = parseInput(getImportSchema, input);
  return withTx(ctx, async ({ sql }) => {
    const [row] = await sql<(ImportSummary & { options: unknown })[]>`
      select ${importColumns(sql)}, i.options from imports i join uploads u on u.id = i.upload_id
      where i.workspace_id = ${ctx.workspaceId} and i.id = ${id}`;
    if (!row) throw new AppError('not_found', 'There is no such import in this workspace.');
    const { options, ...summary } = row;
    return { ...summary, settings: importSettingsSchema.parse(options) };
  });
}
