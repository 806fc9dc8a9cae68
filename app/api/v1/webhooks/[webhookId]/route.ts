import { z } from 'zod';
import { webhookAnswer } from '@/app/api/v1/answers/integration';
import { getWebhook } from '@/lib/features/webhooks/list-webhooks';
import { deleteWebhook, updateWebhook, updateWebhookSchema } from '@/lib/features/webhooks/save-webhook';
import { route } from '@/lib/http/route';

const params = z.object({ webhookId: z.string() });

export const GET = route({
  summary: 'A webhook endpoint without its secret',
  permission: 'keys.manage',
  params,
  answer: webhookAnswer,
  handle: ({ ctx, params }) => getWebhook(ctx, params.webhookId),
});

export const PATCH = route({
  summary: 'Change a webhook endpoint, or switch it on or off',
  permission: 'keys.manage',
  params,
  body: updateWebhookSchema,
  sample: { enabled: true },
  status: 204,
  handle: ({ ctx, params, body }) => updateWebhook(ctx, params.webhookId, body),
});

export const DELETE = route({
  summary: 'Remove a webhook endpoint with its log',
  permission: 'keys.manage',
  params,
  status: 204,
  handle: ({ ctx, params }) => deleteWebhook(ctx, params.webhookId),
});
