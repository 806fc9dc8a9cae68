import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { outputColumnsSchema } from '@/lib/domain/output-table';
import { parseInput } from '@/lib/domain/parse-input';
import { AppError } from '@/lib/errors';
import { recordAudit } from '@/lib/features/history/record-audit';

export const updateOutputTableSchema = z.object({
  id: z.string(),
  name: z.string().trim().min(1).max(80).optional(),
  columns: outputColumnsSchema.optional(),
});

/** Renames a table or reorders its columns; rows and the stable name stay. Throws `not_found`. */
export async function updateOutputTable(ctx: Ctx, input: z.input<typeof updateOutputTableSchema>): Promise<void> {
  authorise(ctx, 'campaigns.write');
  const { id, name, columns } = parseInput(updateOutputTableSchema, input);
  await withTx(ctx, async (tx) => {
    const changed = await tx.sql`
      update output_tables
      set name = coalesce(${name ?? null}, name),
          columns = coalesce(${columns ? JSON.stringify(columns) : null}::jsonb, columns)
      where workspace_id = ${ctx.workspaceId} and id = ${id} and archived_at is null`;
    if (changed.count === 0) throw new AppError('not_found', 'This output table does not exist in this workspace.');
    await recordAudit(tx, ctx, {
      action: 'output_table.updated',
      subjectType: 'output_table',
      subjectId: id,
      data: { name, columns },
    });
  });
}
