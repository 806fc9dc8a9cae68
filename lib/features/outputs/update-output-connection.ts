import { z } from 'zod';
import { authorise, authoriseRecent, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { outputConnectionConfigSchema } from '@/lib/domain/output-connection';
import { parseInput } from '@/lib/domain/parse-input';
import { AppError } from '@/lib/errors';
import { recordAudit } from '@/lib/features/history/record-audit';
import { connectionSecretPlace } from '@/lib/features/outputs/create-output-connection';
import { sealSecret } from '@/lib/features/secrets/envelope';

export const updateOutputConnectionSchema = z.object({
  id: z.string(),
  name: z.string().trim().min(1).max(80).optional(),
  config: outputConnectionConfigSchema.optional(),
  secret: z.string().min(1).max(4000).optional(),
});

/**
 * Changes a connection for every step that uses it, runs under way included, and lets what waits try it at once. The kind
 * stays. Throws `not_found`, `invalid`.
 */
export async function updateOutputConnection(
  ctx: Ctx,
  input: z.input<typeof updateOutputConnectionSchema>,
): Promise<void> {
  authorise(ctx, 'providers.manage');
  authoriseRecent(ctx);
  const { id, name, config, secret } = parseInput(updateOutputConnectionSchema, input);
  const place = connectionSecretPlace(ctx.workspaceId, id);
  const sealed = secret === undefined ? null : JSON.stringify(sealSecret(place, secret));
  await withTx(ctx, async (tx) => {
    const [row] = await tx.sql<{ kind: string }[]>`
      select kind from output_connections
      where workspace_id = ${ctx.workspaceId} and id = ${id} and archived_at is null for update`;
    if (!row) throw new AppError('not_found', 'This connection does not exist in this workspace.');
    if (config && config.kind !== row.kind)
      throw new AppError('invalid', 'Nothing was saved. A connection keeps its kind; add another one instead.');
    await tx.sql`
      update output_connections set name = coalesce(${name ?? null}, name), updated_at = now(), verified_at = null,
        config = coalesce(${config ? JSON.stringify(config) : null}::jsonb, config), secret = coalesce(${sealed}::jsonb, secret),
        hold_until = null, hold_since = null, hold_reason = null, failures = 0
      where workspace_id = ${ctx.workspaceId} and id = ${id}`;
    await recordAudit(tx, ctx, {
      action: 'output_connection.updated',
      subjectType: 'output_connection',
      subjectId: id,
      data: { name, config, secretReplaced: secret !== undefined },
    });
  });
}
