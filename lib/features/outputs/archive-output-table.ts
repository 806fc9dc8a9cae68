import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import { recordAudit } from '@/lib/features/history/record-audit';

/** Hides a table from new campaigns; its rows stay readable. Throws `not_found`, also when it is archived already. */
export async function archiveOutputTable(ctx: Ctx, id: string): Promise<void> {
  authorise(ctx, 'campaigns.write');
  await withTx(ctx, async (tx) => {
    const changed = await tx.sql`
      update output_tables set archived_at = now()
      where workspace_id = ${ctx.workspaceId} and id = ${id} and archived_at is null`;
    if (changed.count === 0) throw new AppError('not_found', 'This output table does not exist in this workspace.');
    await recordAudit(tx, ctx, { action: 'output_table.archived', subjectType: 'output_table', subjectId: id });
  });
}
