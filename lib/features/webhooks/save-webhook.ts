import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { refusedUrl } from '@/lib/channels/http/post-guarded';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { parseInput } from '@/lib/domain/parse-input';
import { type WebhookInput, webhookInputSchema } from '@/lib/domain/webhook';
import { AppError } from '@/lib/errors';
import { recordAudit } from '@/lib/features/history/record-audit';
import { sealSecret } from '@/lib/features/secrets/envelope';
import { newId } from '@/lib/ids';

function checkUrl(url: string): void {
  const refusal = refusedUrl(url);
  if (!refusal) return;
  throw new AppError('invalid', `The address ${refusal}. Nothing was saved.`, {
    issues: [{ path: 'url', message: refusal }],
  });
}

/** Makes an endpoint and answers with its signing secret, this once only. Throws `invalid` for an address into a private network. */
export async function createWebhook(ctx: Ctx, input: WebhookInput): Promise<{ id: string; secret: string }> {
  authorise(ctx, 'keys.manage');
  const { url, eventTypes, description } = parseInput(webhookInputSchema, input);
  checkUrl(url);
  const id = newId('webhook');
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  const sealed = sealSecret({ workspaceId: ctx.workspaceId, table: 'webhook_endpoints', column: 'secret', id }, secret);
  await withTx(ctx, async (tx) => {
    await tx.sql`
      insert into webhook_endpoints (id, workspace_id, url, event_types, secret, description)
      values (${id}, ${ctx.workspaceId}, ${url}, ${JSON.stringify(eventTypes)}::jsonb, ${JSON.stringify(sealed)}::jsonb,
              ${description ?? null})`;
    const data = { host: new URL(url).host, eventTypes };
    await recordAudit(tx, ctx, { action: 'webhook.created', subjectType: 'webhook', subjectId: id, data });
  });
  return { id, secret };
}

export const updateWebhookSchema = webhookInputSchema.partial().extend({ enabled: z.boolean().optional() });

/** Changes an endpoint; switching it on again forgets its failures. Throws `not_found`. */
export async function updateWebhook(ctx: Ctx, id: string, input: z.input<typeof updateWebhookSchema>): Promise<void> {
  authorise(ctx, 'keys.manage');
  const { url, eventTypes, description, enabled } = parseInput(updateWebhookSchema, input);
  if (url !== undefined) checkUrl(url);
  await withTx(ctx, async (tx) => {
    const { sql } = tx;
    const changed = await sql`
      update webhook_endpoints set url = coalesce(${url ?? null}, url),
        event_types = coalesce(${eventTypes ? JSON.stringify(eventTypes) : null}::jsonb, event_types),
        description = ${description === undefined ? sql`description` : description},
        enabled = coalesce(${enabled ?? null}, enabled),
        disabled_reason = ${enabled === true ? null : sql`disabled_reason`},
        failing_since = ${enabled === true ? null : sql`failing_since`}
      where workspace_id = ${ctx.workspaceId} and id = ${id}`;
    if (changed.count === 0) throw new AppError('not_found', 'This webhook does not exist in this workspace.');
    await recordAudit(tx, ctx, {
      action: 'webhook.updated',
      subjectType: 'webhook',
      subjectId: id,
      data: { ...(url && { host: new URL(url).host }), eventTypes, enabled },
    });
  });
}

/** Removes an endpoint with its log. Throws `not_found`. */
export async function deleteWebhook(ctx: Ctx, id: string): Promise<void> {
  authorise(ctx, 'keys.manage');
  await withTx(ctx, async (tx) => {
    const gone = await tx.sql`delete from webhook_endpoints where workspace_id = ${ctx.workspaceId} and id = ${id}`;
    if (gone.count === 0) throw new AppError('not_found', 'This webhook does not exist in this workspace.');
    await recordAudit(tx, ctx, { action: 'webhook.deleted', subjectType: 'webhook', subjectId: id });
  });
}
