import { z } from 'zod';
import { outputCsv } from '@/lib/features/outputs/output-csv';
import { csvResponse } from '@/lib/http/csv-response';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'An output table as CSV',
  permission: 'contacts.export',
  params: z.object({ table: z.string() }),
  query: z.object({ runId: z.string().optional() }),
  mediaType: 'text/csv',
  handle: async ({ ctx, params, query }) => {
    return csvResponse(await outputCsv(ctx, { ...query, table: params.table }));
  },
});
