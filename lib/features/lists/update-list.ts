import type { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { listInputSchema } from '@/lib/domain/list';
import { parseInput } from '@/lib/domain/parse-input';
import { AppError } from '@/lib/errors';
import { recordAudit } from '@/lib/features/history/record-audit';

const updateListSchema = listInputSchema.partial().extend({ id: listInputSchema.shape.name });

/** Renames or describes a list. Throws `not_found`, and `conflict` when the name is taken. */
export async function updateList(ctx: Ctx, input: z.input<typeof updateListSchema>): Promise<void> {
  authorise(ctx, 'contacts.write');
  const { id, name, description } = parseInput(updateListSchema, input);
  await withTx(ctx, async (tx) => {
    const { sql } = tx;
    if (name !== undefined) {
      const [taken] = await sql`
        select 1 from lists where workspace_id = ${ctx.workspaceId} and name = ${name} and id <> ${id}`;
      if (taken) throw new AppError('conflict', `A list named “${name}” exists already. Choose another name.`);
    }
    const changed = await sql`
      update lists set name = ${name === undefined ? sql`name` : name},
        description = ${description === undefined ? sql`description` : description}
      where workspace_id = ${ctx.workspaceId} and id = ${id} and archived_at is null`;
    if (changed.count === 0) throw new AppError('not_found', 'This list does not exist any more. Nothing was changed.');
    await recordAudit(tx, ctx, {
      action: 'list.updated',
      subjectType: 'list',
      subjectId: id,
      data: { name, description },
    });
  });
}
