import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { authorise, authoriseRecent, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { outputConnectionConfigSchema } from '@/lib/domain/output-connection';
import { parseInput } from '@/lib/domain/parse-input';
import { AppError } from '@/lib/errors';
import { recordAudit } from '@/lib/features/history/record-audit';
import { sealSecret } from '@/lib/features/secrets/envelope';
import { newId } from '@/lib/ids';

export const createOutputConnectionSchema = z.object({
  name: z.string().trim().min(1, { error: 'A name is missing.' }).max(80),
  config: outputConnectionConfigSchema,
  /** The database's password, or the webhook's signing key; a webhook without one is given one. */
  secret: z.string().max(4000).optional(),
});

const WEBHOOK_SECRET = /^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/;

/** The place of a connection's secret; it opens nowhere else. */
export function connectionSecretPlace(workspaceId: string, id: string) {
  return { workspaceId, table: 'output_connections', column: 'secret', id };
}

/**
 * Stores a connection for record steps with its secret sealed. The signing key of a webhook is answered this once and
 * never again. Sends nothing; `verifyOutputConnection` tries it.
 */
export async function createOutputConnection(
  ctx: Ctx,
  input: z.input<typeof createOutputConnectionSchema>,
): Promise<{ id: string; signingKey: string | null }> {
  authorise(ctx, 'providers.manage');
  authoriseRecent(ctx);
  const { name, config, secret: given = '' } = parseInput(createOutputConnectionSchema, input);
  const isWebhook = config.kind === 'webhook';
  const secret = isWebhook && given === '' ? `whsec_${randomBytes(32).toString('base64')}` : given;
  if (isWebhook && !WEBHOOK_SECRET.test(secret)) {
    throw new AppError('invalid', 'Nothing was saved. A signing key is whsec_ and at least 24 bytes in base64.', {
      issues: [{ path: 'secret', message: 'A signing key is whsec_ and at least 24 bytes in base64.' }],
    });
  }
  const id = newId('outputConnection');
  const sealed = secret === '' ? null : JSON.stringify(sealSecret(connectionSecretPlace(ctx.workspaceId, id), secret));
  await withTx(ctx, async (tx) => {
    await tx.sql`
      insert into output_connections (id, workspace_id, kind, name, config, secret)
      values (${id}, ${ctx.workspaceId}, ${config.kind}, ${name}, ${JSON.stringify(config)}::jsonb, ${sealed}::jsonb)`;
    await recordAudit(tx, ctx, {
      action: 'output_connection.created',
      subjectType: 'output_connection',
      subjectId: id,
      data: { name, config },
    });
  });
  return { id, signingKey: isWebhook && given === '' ? secret : null };
}
