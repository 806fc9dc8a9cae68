import { z } from 'zod';
import { pageOf } from '@/app/api/v1/answers/common';
import { webhookMessageAnswer } from '@/app/api/v1/answers/integration';
import { listWebhookMessages, listWebhookMessagesSchema } from '@/lib/features/webhooks/list-webhooks';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'The log of a webhook, newest first: every message with its attempts and last answer',
  permission: 'keys.manage',
  params: z.object({ webhookId: z.string() }),
  query: listWebhookMessagesSchema.omit({ webhookId: true }),
  answer: pageOf(webhookMessageAnswer),
  handle: ({ ctx, params, query }) => listWebhookMessages(ctx, { ...params, ...query }),
});
