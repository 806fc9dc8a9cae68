import { z } from 'zod';
import { pageOf } from '@/app/api/v1/answers/common';
import { contactAnswer } from '@/app/api/v1/answers/contacts';
import { listSegmentContacts, listSegmentContactsSchema } from '@/lib/features/segments/list-segment-contacts';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'The contacts who are in a segment now, newest first',
  permission: 'contacts.read',
  params: z.object({ segmentId: z.string() }),
  query: listSegmentContactsSchema.omit({ segmentId: true }),
  answer: pageOf(contactAnswer),
  handle: ({ ctx, params, query }) => listSegmentContacts(ctx, { ...query, ...params }),
});
