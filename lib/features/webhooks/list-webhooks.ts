import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { type Tx, withTx } from '@/lib/db/client';
import { decodeCursor, encodeCursor } from '@/lib/domain/cursor';
import { parseInput } from '@/lib/domain/parse-input';
import { AppError } from '@/lib/errors';

export interface Webhook {
  id: string;
  url: string;
  eventTypes: string[];
  description: string | null;
  enabled: boolean;
  disabledReason: string | null;
  failingSince: Date | null;
  createdAt: Date;
}

async function select({ sql }: Tx, workspaceId: string, id: string | null): Promise<Webhook[]> {
  return await sql<Webhook[]>`
    select id, url, event_types as "eventTypes", description, enabled, disabled_reason as "disabledReason",
           failing_since as "failingSince", created_at as "createdAt"
    from webhook_endpoints where workspace_id = ${workspaceId} ${id === null ? sql`` : sql`and id = ${id}`}
    order by created_at desc, id desc limit 500`;
}

/** The endpoints of the workspace, newest first, without their secrets. */
export async function listWebhooks(ctx: Ctx): Promise<Webhook[]> {
  authorise(ctx, 'keys.manage');
  return withTx(ctx, (tx) => select(tx, ctx.workspaceId, null));
}

/** One endpoint without its secret. Throws `not_found`. */
export async function getWebhook(ctx: Ctx, id: string): Promise<Webhook> {
  authorise(ctx, 'keys.manage');
  const [webhook] = await withTx(ctx, (tx) => select(tx, ctx.workspaceId, id));
  if (!webhook) throw new AppError('not_found', 'This webhook does not exist in this workspace.');
  return webhook;
}

export const listWebhookMessagesSchema = z.object({
  webhookId: z.string(),
  state: z.enum(['queued', 'sent', 'failed']).optional(),
  cursor: z.string().max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export interface WebhookMessage {
  id: string;
  endpointId: string;
  type: string;
  state: 'queued' | 'sent' | 'failed';
  attempts: number;
  notBefore: Date;
  lastStatus: number | null;
  lastError: string | null;
  createdAt: Date;
  sentAt: Date | null;
  payload: Record<string, unknown>;
}

/** The log of an endpoint, newest first, in pages. Throws `not_found`. */
export async function listWebhookMessages(
  ctx: Ctx,
  input: z.input<typeof listWebhookMessagesSchema>,
): Promise<{ items: WebhookMessage[]; nextCursor: string | null }> {
  authorise(ctx, 'keys.manage');
  const { webhookId, state, cursor, limit } = parseInput(listWebhookMessagesSchema, input);
  const before = cursor ? decodeCursor(z.tuple([z.string()]), cursor)[0] : null;
  await getWebhook(ctx, webhookId);
  return withTx(ctx, async ({ sql }) => {
    const rows = await sql<WebhookMessage[]>`
      select id, endpoint_id as "endpointId", type, state, attempts, not_before as "notBefore", last_status as "lastStatus",
             last_error as "lastError", created_at as "createdAt", sent_at as "sentAt", payload
      from webhook_messages where workspace_id = ${ctx.workspaceId} and endpoint_id = ${webhookId}
        ${state ? sql`and state = ${state}` : sql``} ${before ? sql`and id < ${before}` : sql``}
      order by id desc limit ${limit + 1}`;
    const items = rows.slice(0, limit);
    const last = rows.length > limit ? items.at(-1) : undefined;
    return { items, nextCursor: last ? encodeCursor([last.id]) : null };
  });
}
