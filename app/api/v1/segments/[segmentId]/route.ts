import { z } from 'zod';
import { revisionAnswer } from '@/app/api/v1/answers/common';
import { segmentAnswer } from '@/app/api/v1/answers/contacts';

import { archiveSegment } from '@/lib/features/segments/archive-segment';
import { getSegment } from '@/lib/features/segments/get-segment';
import { updateSegment, updateSegmentSchema } from '@/lib/features/segments/update-segment';
import { changeIfMatch, withEtag } from '@/lib/http/if-match';
import { route } from '@/lib/http/route';

const params = z.object({ segmentId: z.string() });

export const GET = route({
  summary: 'A segment with its rule; its ETag is its revision',
  permission: 'contacts.read',
  params,
  answer: segmentAnswer,
  hasRevision: true,
  handle: async ({ ctx, params }) => withEtag(await getSegment(ctx, { id: params.segmentId })),
});

export const PATCH = route({
  summary: 'Change a segment; needs If-Match or “revision”',
  permission: 'contacts.write',
  params,
  body: updateSegmentSchema.omit({ id: true }),
  sample: { revision: 1, name: 'Gold customers' },
  answer: revisionAnswer,
  hasRevision: true,
  handle: async ({ ctx, params, body, request }) => {
    const id = params.segmentId;
    const change = (revision: number) => updateSegment(ctx, { ...body, id, revision });
    return withEtag(await changeIfMatch(request, body.revision, () => getSegment(ctx, { id }), change));
  },
});

export const DELETE = route({
  summary: 'Archive a segment; what uses it keeps working',
  permission: 'contacts.write',
  params,
  status: 204,
  handle: ({ ctx, params }) => archiveSegment(ctx, { id: params.segmentId }),
});
