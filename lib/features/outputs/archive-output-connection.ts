import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import { recordAudit } from '@/lib/features/history/record-audit';

/** Takes a connection out of use and forgets its secret; steps that still write to it fail until retried elsewhere. */
export async function archiveOutputConnection(ctx: Ctx, id: string): Promise<void> {
  authorise(ctx, 'providers.manage');
  await withTx(ctx, async (tx) => {
    const changed = await tx.sql`
      update output_connections set archived_at = now(), updated_at = now(), secret = null
      where workspace_id = ${ctx.workspaceId} and id = ${id} and archived_at is null`;
    if (changed.count === 0) throw new AppError('not_found', 'This connection does not exist in this workspace.');
    await recordAudit(tx, ctx, {
      action: 'output_connection.archived',
      subjectType: 'output_connection',
      subjectId: id,
    });
  });
}
