import { z } from 'zod';
import { segmentCountAnswer } from '@/app/api/v1/answers/contacts';
import { countSegment } from '@/lib/features/segments/count-segment';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'How many contacts are in a segment now',
  permission: 'contacts.read',
  params: z.object({ segmentId: z.string() }),
  answer: segmentCountAnswer,
  handle: ({ ctx, params }) => countSegment(ctx, { id: params.segmentId }),
});
