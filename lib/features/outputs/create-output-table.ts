import type { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { outputTableSchema, slugOf } from '@/lib/domain/output-table';
import { parseInput } from '@/lib/domain/parse-input';
import { AppError } from '@/lib/errors';
import { recordAudit } from '@/lib/features/history/record-audit';
import { newId } from '@/lib/ids';

/** Makes an empty output table; throws `conflict` when its stable name is taken in this workspace. */
export async function createOutputTable(
  ctx: Ctx,
  input: z.input<typeof outputTableSchema>,
): Promise<{ id: string; slug: string }> {
  authorise(ctx, 'campaigns.write');
  const { name, columns, slug = slugOf(name) } = parseInput(outputTableSchema, input);
  return withTx(ctx, async (tx) => {
    const id = newId('outputTable');
    const made = await tx.sql`
      insert into output_tables (id, workspace_id, name, slug, columns)
      values (${id}, ${ctx.workspaceId}, ${name}, ${slug}, ${JSON.stringify(columns)}::jsonb)
      on conflict (workspace_id, slug) do nothing`;
    if (made.count === 0) {
      throw new AppError('conflict', `A table with the stable name “${slug}” exists already. Choose another name.`);
    }
    await recordAudit(tx, ctx, {
      action: 'output_table.created',
      subjectType: 'output_table',
      subjectId: id,
      data: { name, slug, columns },
    });
    return { id, slug };
  });
}
