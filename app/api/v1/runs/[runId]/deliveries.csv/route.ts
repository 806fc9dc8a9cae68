import { z } from 'zod';
import { runCsv, runCsvSchema } from '@/lib/features/runs/run-csv';
import { csvResponse } from '@/lib/http/csv-response';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'The deliveries of a run, or of a part of it, as CSV',
  permission: 'contacts.export',
  params: z.object({ runId: z.string() }),
  query: runCsvSchema.omit({ runId: true }),
  mediaType: 'text/csv',
  handle: async ({ ctx, params, query }) => csvResponse(await runCsv(ctx, { ...params, ...query })),
});
