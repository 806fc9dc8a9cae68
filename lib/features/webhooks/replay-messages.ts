import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { parseInput } from '@/lib/domain/parse-input';
import { AppError } from '@/lib/errors';
import { recordAudit } from '@/lib/features/history/record-audit';

export const replayMessagesSchema = z
  .object({
    webhookId: z.string(),
    /** One message of the log, whatever became of it. */
    messageId: z.string().optional(),
    /** Everything that failed since then. */
    failedSince: z.iso.datetime({ offset: true }).optional(),
  })
  .refine(({ messageId, failedSince }) => (messageId === undefined) !== (failedSince === undefined), {
    message: 'Give either messageId or failedSince.',
    path: ['messageId'],
  });

/**
 * Sends messages of the log again, with the same ids and bodies, so that a receiver that keeps ids takes them once. Throws
 * `not_found` when there is none, `precondition` while the endpoint is off.
 */
export async function replayMessages(
  ctx: Ctx,
  input: z.input<typeof replayMessagesSchema>,
): Promise<{ queued: number }> {
  authorise(ctx, 'keys.manage');
  const { webhookId, messageId, failedSince } = parseInput(replayMessagesSchema, input);
  return withTx(ctx, async (tx) => {
    const { sql } = tx;
    const [endpoint] = await sql<{ enabled: boolean }[]>`
      select enabled from webhook_endpoints where workspace_id = ${ctx.workspaceId} and id = ${webhookId}`;
    if (!endpoint) throw new AppError('not_found', 'This webhook does not exist in this workspace.');
    if (!endpoint.enabled)
      throw new AppError('precondition', 'This webhook is off. Switch it on first; nothing was sent.');
    const which = messageId
      ? sql`id = ${messageId}`
      : sql`state = 'failed' and created_at >= ${failedSince ?? ''}::timestamptz`;
    const queued = await sql`
      update webhook_messages set state = 'queued', attempts = 0, not_before = now(), lease_until = null
      where workspace_id = ${ctx.workspaceId} and endpoint_id = ${webhookId} and ${which}`;
    if (messageId && queued.count === 0)
      throw new AppError('not_found', 'This message is not in the log of this webhook.');
    await recordAudit(tx, ctx, {
      action: 'webhook.replayed',
      subjectType: 'webhook',
      subjectId: webhookId,
      data: { queued: queued.count, messageId, failedSince },
    });
    return { queued: queued.count };
  });
}
