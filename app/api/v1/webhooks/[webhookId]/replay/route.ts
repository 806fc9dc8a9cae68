import { z } from 'zod';
import { replayMessages } from '@/lib/features/webhooks/replay-messages';
import { route } from '@/lib/http/route';

export const POST = route({
  summary: 'Send one message of the log again, or everything that failed since a time; ids stay the same',
  permission: 'keys.manage',
  params: z.object({ webhookId: z.string() }),
  body: z
    .object({ messageId: z.string().optional(), failedSince: z.iso.datetime({ offset: true }).optional() })
    .refine(({ messageId, failedSince }) => (messageId === undefined) !== (failedSince === undefined), {
      message: 'Give either messageId or failedSince.',
      path: ['messageId'],
    }),
  sample: { failedSince: '2026-01-31T09:00:00Z' },
  answer: z.object({ queued: z.number() }),
  handle: ({ ctx, params, body }) => replayMessages(ctx, { ...params, ...body }),
});
