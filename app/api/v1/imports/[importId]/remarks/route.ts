import { z } from 'zod';
import { pageOf } from '@/app/api/v1/answers/common';
import { remarkAnswer } from '@/app/api/v1/answers/imports';
import { listRemarks, listRemarksSchema } from '@/lib/features/imports/list-remarks';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'Rows that were refused or taken with a note, each with its reason, and how many of each',
  permission: 'contacts.read',
  params: z.object({ importId: z.string() }),
  query: listRemarksSchema.omit({ importId: true }),
  answer: pageOf(remarkAnswer).extend({
    byCode: z.array(z.object({ code: z.string(), severity: z.string(), n: z.number() })),
  }),
  handle: ({ ctx, params, query }) => listRemarks(ctx, { ...query, ...params }),
});
