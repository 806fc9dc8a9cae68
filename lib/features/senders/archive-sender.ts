import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import { recordAudit } from '@/lib/features/history/record-audit';

/** Takes a sender out of use for new campaigns and frees its name. Throws `not_found`. */
export async function archiveSender(ctx: Ctx, id: string): Promise<void> {
  authorise(ctx, 'providers.manage');
  await withTx(ctx, async (tx) => {
    const changed = await tx.sql`
      update senders set archived_at = now(), name = name || ' (' || id || ')'
      where workspace_id = ${ctx.workspaceId} and id = ${id} and archived_at is null`;
    if (changed.count === 0) throw new AppError('not_found', 'This sender does not exist in this workspace.');
    await recordAudit(tx, ctx, { action: 'sender.archived', subjectType: 'sender', subjectId: id });
  });
}
