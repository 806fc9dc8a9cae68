import { z } from 'zod';
import { segmentCountAnswer } from '@/app/api/v1/answers/contacts';
import { countSegment } from '@/lib/features/segments/count-segment';
import { flagQuery } from '@/lib/http/page-query';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'How many contacts are in a segment now',
  permission: 'contacts.read',
  params: z.object({ segmentId: z.string() }),
  query: z.object({ exact: flagQuery.describe('Count to the end, however long it takes') }),
  answer: segmentCountAnswer,
  handle: ({ ctx, params, query }) =>
    countSegment(ctx, { id: params.segmentId }, query.exact ? { withinMs: null } : {}),
});
