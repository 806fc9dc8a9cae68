import { z } from 'zod';
import { pageOf } from '@/app/api/v1/answers/common';
import { outputRowAnswer } from '@/app/api/v1/answers/integration';
import { listOutputRows } from '@/lib/features/outputs/list-output-rows';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'Rows of an output table, newest run first',
  permission: 'campaigns.read',
  params: z.object({ table: z.string() }),
  query: z.object({
    runId: z.string().optional(),
    cursor: z.string().optional(),
    limit: z.coerce.number().int().min(1).max(1000).default(50),
  }),
  answer: pageOf(outputRowAnswer),
  handle: ({ ctx, params, query }) => listOutputRows(ctx, { ...query, table: params.table }),
});
