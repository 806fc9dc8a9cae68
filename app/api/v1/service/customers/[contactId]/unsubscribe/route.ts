import { z } from 'zod';
import { changedAnswer } from '@/app/api/v1/answers/common';
import { unsubscribeByWish, unsubscribeByWishSchema } from '@/lib/features/service/unsubscribe-by-wish';
import { route } from '@/lib/http/route';

export const POST = route({
  summary: 'Unsubscribe a customer who asked for it, with how they asked; at once, also for what is on its way',
  permission: 'service.act',
  params: z.object({ contactId: z.string() }),
  body: unsubscribeByWishSchema.omit({ contactId: true }),
  example: { channel: 'sms', reason: 'phone' },
  answer: changedAnswer,
  handle: ({ ctx, params, body }) => unsubscribeByWish(ctx, { ...body, ...params }),
});
