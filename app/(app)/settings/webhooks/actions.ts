'use server';

import { revalidatePath } from 'next/cache';
import type { Ctx } from '@/lib/context';
import { type WebhookInput, webhookInputSchema } from '@/lib/domain/webhook';
import { replayMessages } from '@/lib/features/webhooks/replay-messages';
import { createWebhook, deleteWebhook, updateWebhook } from '@/lib/features/webhooks/save-webhook';
import { action } from '@/lib/http/action';

const refresh = () => revalidatePath('/settings/webhooks', 'layout');

export const makeWebhook = action(webhookInputSchema, async (ctx, input: WebhookInput) => {
  const made = await createWebhook(ctx, input);
  refresh();
  return made;
});

export const switchWebhook = action(async (ctx: Ctx, { id, enabled }: { id: string; enabled: boolean }) => {
  await updateWebhook(ctx, id, { enabled });
  refresh();
});

export const removeWebhook = action(async (ctx: Ctx, { id }: { id: string }) => {
  await deleteWebhook(ctx, id);
  refresh();
});

export const replay = action(
  async (ctx: Ctx, input: { webhookId: string; messageId?: string; failedSince?: string }) => {
    const done = await replayMessages(ctx, input);
    refresh();
    return done;
  },
);
