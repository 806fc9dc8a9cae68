import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { UNDO_WINDOW_DAYS } from '@/lib/domain/import';
import { parseInput } from '@/lib/domain/parse-input';
import { AppError } from '@/lib/errors';
import { recordAudit } from '@/lib/features/history/record-audit';
import { findImport } from '@/lib/features/imports/import-record';

const cancelImportSchema = z.object({ id: z.string() });

/** Stops an import between two chunks; rows that are in stay and can be undone. Cancelling twice changes nothing more. */
export async function cancelImport(ctx: Ctx, input: z.input<typeof cancelImportSchema>): Promise<void> {
  authorise(ctx, 'contacts.write');
  const { id } = parseInput(cancelImportSchema, input);
  await withTx(ctx, async (tx) => {
    const { status, counts } = await findImport(tx, ctx.workspaceId, id, true);
    if (status === 'cancelled') return;
    if (status !== 'queued' && status !== 'running') {
      throw new AppError('conflict', `This import is over (${status}); there is nothing to cancel.`);
    }
    await tx.sql`
      update imports set status = 'cancelled', ended_at = now(),
        undo_until = case when dry_run then null else now() + make_interval(days => ${UNDO_WINDOW_DAYS}) end
      where workspace_id = ${ctx.workspaceId} and id = ${id}`;
    await tx.sql`delete from import_previews where workspace_id = ${ctx.workspaceId} and import_id = ${id}`;
    await recordAudit(tx, ctx, { action: 'import.cancelled', subjectType: 'import', subjectId: id, data: { counts } });
  });
}
