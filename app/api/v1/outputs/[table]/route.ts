import { z } from 'zod';
import { outputTableAnswer } from '@/app/api/v1/answers';
import { getOutputTable } from '@/lib/features/outputs/get-output-table';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'An output table with its number of rows',
  permission: 'campaigns.read',
  params: z.object({ table: z.string() }),
  answer: outputTableAnswer.extend({ rows: z.number() }),
  handle: ({ ctx, params }) => getOutputTable(ctx, params.table),
});
