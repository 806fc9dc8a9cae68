import { z } from 'zod';
import { idAnswer, pageOf } from '@/app/api/v1/answers/common';
import { segmentRowAnswer } from '@/app/api/v1/answers/contacts';

import { createSegment, createSegmentSchema } from '@/lib/features/segments/create-segment';
import { listSegments } from '@/lib/features/segments/list-segments';
import { flagQuery, pageQuery } from '@/lib/http/page-query';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'Segments by name, each with its rule in words',
  permission: 'contacts.read',
  query: pageQuery.extend({ search: z.string().trim().max(120).optional(), archived: flagQuery }),
  answer: pageOf(segmentRowAnswer),
  handle: ({ ctx, query }) => listSegments(ctx, query),
});

export const POST = route({
  summary: 'Save a segment',
  permission: 'contacts.write',
  body: createSegmentSchema,
  example: {
    name: 'English readers',
    rule: {
      kind: 'group',
      match: 'all',
      rules: [{ kind: 'field', field: 'language', test: { type: 'text', op: 'in', values: ['en'] } }],
    },
  },
  answer: idAnswer,
  status: 201,
  handle: ({ ctx, body }) => createSegment(ctx, body),
});
