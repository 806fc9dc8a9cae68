import { z } from 'zod';
import { getOutputTable } from '@/lib/features/outputs/get-output-table';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'An output table with its number of rows',
  permission: 'campaigns.read',
  params: z.object({ table: z.string() }),
  handle: ({ ctx, params }) => getOutputTable(ctx, params.table),
});
