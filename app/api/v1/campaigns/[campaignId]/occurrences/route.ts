import { z } from 'zod';
import { occurrencesAnswer } from '@/app/api/v1/answers/occurrences';

import { listOccurrences, listOccurrencesSchema } from '@/lib/features/occurrences/list-occurrences';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'The coming occurrences of a recurring campaign, and what became of the past ones, newest first',
  permission: 'campaigns.read',
  params: z.object({ campaignId: z.string() }),
  query: listOccurrencesSchema.omit({ campaignId: true }),
  answer: occurrencesAnswer,
  handle: ({ ctx, params, query }) => listOccurrences(ctx, { ...params, ...query }),
});
