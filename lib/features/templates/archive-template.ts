import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import { recordAudit } from '@/lib/features/history/record-audit';

async function setArchived(ctx: Ctx, id: string, archived: boolean): Promise<void> {
  authorise(ctx, 'campaigns.write');
  await withTx(ctx, async (tx) => {
    const { sql } = tx;
    const changed = await sql`
      update templates set archived_at = ${archived ? sql`now()` : null}, updated_at = now()
      where workspace_id = ${ctx.workspaceId} and id = ${id} and archived_at is ${archived ? sql`null` : sql`not null`}`;
    if (changed.count === 0) throw new AppError('not_found', 'This template does not exist in this workspace.');
    const action = archived ? 'template.archived' : 'template.unarchived';
    await recordAudit(tx, ctx, { action, subjectType: 'template', subjectId: id });
  });
}

/** Hides a template from new campaigns; launched ones have their own copy. Throws `not_found`. */
export async function archiveTemplate(ctx: Ctx, id: string): Promise<void> {
  await setArchived(ctx, id, true);
}

export async function unarchiveTemplate(ctx: Ctx, id: string): Promise<void> {
  await setArchived(ctx, id, false);
}
