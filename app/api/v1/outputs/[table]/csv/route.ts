import { z } from 'zod';
import { outputCsv } from '@/lib/features/outputs/output-csv';
import { route } from '@/lib/http/route';

const encoder = new TextEncoder();

export const GET = route({
  summary: 'An output table as CSV',
  permission: 'contacts.export',
  params: z.object({ table: z.string() }),
  query: z.object({ runId: z.string().optional() }),
  mediaType: 'text/csv',
  handle: async ({ ctx, params, query }) => {
    const { fileName, lines } = await outputCsv(ctx, { ...query, table: params.table });
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        const { done, value } = await lines.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
      async cancel() {
        await lines.return(undefined);
      },
    });
    return new Response(body, {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="${fileName}"`,
      },
    });
  },
});
