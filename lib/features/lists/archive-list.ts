import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { parseInput } from '@/lib/domain/parse-input';
import { recordAudit } from '@/lib/features/history/record-audit';
import { findList } from '@/lib/features/lists/find-list';

const archiveListSchema = z.object({ id: z.string() });

/** Takes a list out of use and keeps its subscriptions as evidence. Archiving twice changes nothing more. */
export async function archiveList(ctx: Ctx, input: z.input<typeof archiveListSchema>): Promise<void> {
  authorise(ctx, 'contacts.write');
  const { id } = parseInput(archiveListSchema, input);
  await withTx(ctx, async (tx) => {
    const list = await findList(tx, ctx.workspaceId, id);
    if (list.archivedAt) return;
    await tx.sql`update lists set archived_at = now() where workspace_id = ${ctx.workspaceId} and id = ${id}`;
    await recordAudit(tx, ctx, { action: 'list.archived', subjectType: 'list', subjectId: id });
  });
}
