import { z } from 'zod';
import { webhookAnswer } from '@/app/api/v1/answers/integration';
import { webhookInputSchema } from '@/lib/domain/webhook';
import { listWebhooks } from '@/lib/features/webhooks/list-webhooks';
import { createWebhook } from '@/lib/features/webhooks/save-webhook';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'Webhook endpoints, newest first',
  permission: 'keys.manage',
  answer: z.object({ items: z.array(webhookAnswer) }),
  handle: async ({ ctx }) => ({ items: await listWebhooks(ctx) }),
});

export const POST = route({
  summary: 'Make a webhook endpoint; its signing secret is shown this once',
  permission: 'keys.manage',
  body: webhookInputSchema,
  example: { url: 'https://crm.example.com/hooks/waybill', eventTypes: ['run.*', 'delivery.failed'] },
  answer: z.object({ id: z.string(), secret: z.string() }),
  status: 201,
  isSecret: true,
  handle: ({ ctx, body }) => createWebhook(ctx, body),
});
