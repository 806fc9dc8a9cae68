import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import { keysOfProcess } from '@/lib/features/api-keys/known-keys';
import { recordAudit } from '@/lib/features/history/record-audit';

/** Ends a key with its next request, for good; in other web processes within a second. Revoking twice changes nothing more. Throws `not_found`. */
export async function revokeApiKey(ctx: Ctx, id: string): Promise<void> {
  authorise(ctx, 'keys.manage');
  await withTx(ctx, async (tx) => {
    const [row] = await tx.sql<{ revokedAt: Date | null }[]>`
      select revoked_at as "revokedAt" from api_keys where workspace_id = ${ctx.workspaceId} and id = ${id} for update`;
    if (!row) throw new AppError('not_found', 'This key does not exist in this workspace.');
    if (row.revokedAt) return;
    await tx.sql`update api_keys set revoked_at = now() where workspace_id = ${ctx.workspaceId} and id = ${id}`;
    await recordAudit(tx, ctx, { action: 'api_key.revoked', subjectType: 'api_key', subjectId: id });
  });
  keysOfProcess().forget();
}
