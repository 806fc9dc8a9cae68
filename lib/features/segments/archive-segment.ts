import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { parseInput } from '@/lib/domain/parse-input';
import { AppError } from '@/lib/errors';
import { recordAudit } from '@/lib/features/history/record-audit';

const archiveSegmentSchema = z.object({ id: z.string() });

/** Takes a segment out of the lists; what uses it keeps working. Archiving twice changes nothing more. */
export async function archiveSegment(ctx: Ctx, input: z.input<typeof archiveSegmentSchema>): Promise<void> {
  authorise(ctx, 'contacts.write');
  const { id } = parseInput(archiveSegmentSchema, input);
  await withTx(ctx, async (tx) => {
    const [found] = await tx.sql<{ archivedAt: Date | null }[]>`
      select archived_at as "archivedAt" from segments where workspace_id = ${ctx.workspaceId} and id = ${id} for update`;
    if (!found) throw new AppError('not_found', 'There is no such segment in this workspace.');
    if (found.archivedAt) return;
    await tx.sql`update segments set archived_at = now() where workspace_id = ${ctx.workspaceId} and id = ${id}`;
    await recordAudit(tx, ctx, { action: 'segment.archived', subjectType: 'segment', subjectId: id });
  });
}
