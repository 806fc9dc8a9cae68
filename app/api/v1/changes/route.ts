import { z } from 'zod';
import { changeAnswer } from '@/app/api/v1/answers/integration';
import { listChanges, listChangesSchema } from '@/lib/features/changes/list-changes';
import { placeChanges } from '@/lib/features/webhooks/place-changes';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'What changed after a position, oldest first and without a gap; pass `last` as `after` to go on',
  permission: null,
  query: listChangesSchema,
  answer: z.object({ items: z.array(changeAnswer), last: z.number(), hasMore: z.boolean() }),
  handle: async ({ ctx, query }) => {
    await placeChanges();
    return await listChanges(ctx, query);
  },
});
