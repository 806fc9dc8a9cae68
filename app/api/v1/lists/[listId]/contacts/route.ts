import { z } from 'zod';
import { pageOf } from '@/app/api/v1/answers/common';
import { subscribedContactAnswer } from '@/app/api/v1/answers/contacts';
import { listSubscriptions, listSubscriptionsSchema } from '@/lib/features/lists/list-subscriptions';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'The people of a list with what proves each subscription',
  permission: 'contacts.read',
  params: z.object({ listId: z.string() }),
  query: listSubscriptionsSchema.omit({ listId: true }),
  answer: pageOf(subscribedContactAnswer),
  handle: ({ ctx, params, query }) => listSubscriptions(ctx, { ...query, ...params }),
});
