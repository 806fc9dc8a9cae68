import type { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { listInputSchema } from '@/lib/domain/list';
import { parseInput } from '@/lib/domain/parse-input';
import { AppError } from '@/lib/errors';
import { recordAudit } from '@/lib/features/history/record-audit';
import { newId } from '@/lib/ids';

/** Makes an empty list; throws `conflict` when its name is taken in this workspace. */
export async function createList(ctx: Ctx, input: z.input<typeof listInputSchema>): Promise<{ id: string }> {
  authorise(ctx, 'contacts.write');
  const { name, description } = parseInput(listInputSchema, input);
  return withTx(ctx, async (tx) => {
    const id = newId('list');
    const made = await tx.sql`
      insert into lists (id, workspace_id, name, description)
      values (${id}, ${ctx.workspaceId}, ${name}, ${description ?? null})
      on conflict (workspace_id, name) do nothing`;
    if (made.count === 0) throw new AppError('conflict', `A list named “${name}” exists already. Choose another name.`);
    await recordAudit(tx, ctx, { action: 'list.created', subjectType: 'list', subjectId: id, data: { name } });
    return { id };
  });
}
